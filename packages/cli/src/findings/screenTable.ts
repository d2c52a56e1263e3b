import type { ResultTable } from "@goshawk/engine";
import type { FindingFacts } from "@goshawk/hunt";

interface ScreenColumn {
  readonly name: string;
  readonly of: (finding: FindingFacts) => string;
}

/** So much of an id is enough for the commands that take one. */
const ID_LENGTH = 8;
const NARROW = 100;

const first: readonly ScreenColumn[] = [
  { name: "Id", of: ({ id }) => id.slice(0, ID_LENGTH) },
  { name: "State", of: stateOf },
  { name: "Presence", of: ({ presence }) => presence },
  { name: "Entity", of: ({ entity }) => entity },
];
const firstDay: ScreenColumn = { name: "FirstDay", of: ({ firstSeen }) => dayOf(firstSeen) };
const last: readonly ScreenColumn[] = [
  { name: "LastDay", of: ({ lastSeen }) => dayOf(lastSeen) },
  { name: "Rule", of: ({ rule }) => rule.name },
];
/** What people and exclusions have said; shown where somebody said it. */
const sayings: readonly ScreenColumn[] = [
  { name: "SuppressedBy", of: ({ latest }) => latest.suppressedBy.join(" ") },
  { name: "Assignee", of: ({ assignee }) => assignee },
  { name: "Tags", of: ({ tags }) => tags.join(" ") },
  { name: "Comment", of: ({ comments }) => comments.at(-1)?.text ?? "" },
];

/** Findings as far as a screen has room for them; `findings show` and the other formats tell all. */
export function screenTable(findings: readonly FindingFacts[], width: number): ResultTable {
  const said = sayings.filter(({ of }) => findings.some((finding) => of(finding) !== ""));
  const columns = width < NARROW ? [...first, ...last] : [...first, firstDay, ...last, ...said];
  return {
    // A part of an id or of a day would be of no use, so they are not cut as texts are.
    columns: columns.map(({ name }) => ({ name, type: /^Id$|Day$/.test(name) ? "guid" : "string" })),
    rows: findings.map((finding) => columns.map(({ of }) => of(finding))),
    truncated: false,
  };
}

/** The verdict, once there is one; else whether it is hidden, else how far people have come with it. */
function stateOf({ verdict, status, latest }: FindingFacts): string {
  if (verdict !== "undecided") return verdict;
  return latest.suppressedBy.length > 0 ? "hidden" : status;
}

function dayOf(time: string | null): string {
  return time?.slice(0, 10) ?? "";
}
