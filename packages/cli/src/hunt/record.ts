import { createHash, randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import {
  appendEntries,
  type Exclusion,
  foldJournal,
  huntEntryOf,
  queriesIn,
  type RuleOutcome,
  readJournal,
  runEntryOf,
} from "@goshawk/hunt";

/** What the journal should say of a hunt beside its findings. */
export interface Recorded {
  readonly title: string;
  readonly hypotheses: readonly string[];
  readonly exclusions: readonly Exclusion[];
  readonly today: string;
}

/** Adds a hunt to the store's journal, and says how its findings compare with the runs before, and its id. */
export async function recordHunt(
  outcomes: readonly RuleOutcome[],
  folder: string,
  recorded: Recorded,
): Promise<readonly string[]> {
  const at = new Date().toISOString();
  const by = userName();
  const id = createHash("sha256").update(`${at} ${randomUUID()}`).digest("hex").slice(0, 8);
  const known = queriesIn((await readJournal(folder)).entries);
  const hunt = huntEntryOf(outcomes, { ...recorded, id, at, by, knownQuery: (rule) => known.get(rule) });
  const runs = outcomes.flatMap((outcome) =>
    "findings" in outcome ? [runEntryOf(outcome, { at, by, hunt: id })] : [],
  );
  await appendEntries(folder, [hunt, ...runs]);
  return [
    ...(await comparison(folder, at, new Set(runs.map((run) => run.rule.id)))),
    `Hunt ${id}: 'goshawk report ${id}' makes a page of it.`,
  ];
}

async function comparison(folder: string, at: string, rules: ReadonlySet<string>): Promise<readonly string[]> {
  const { entries } = await readJournal(folder);
  if (!entries.some((entry) => entry.kind === "run" && entry.at < at && rules.has(entry.rule.id))) return [];
  const counts = new Map<string, number>();
  let hidden = 0;
  for (const { rule, presence, latest } of foldJournal(entries)) {
    if (!rules.has(rule.id)) continue;
    if (latest.suppressedBy.length === 0) counts.set(presence, (counts.get(presence) ?? 0) + 1);
    else if (presence !== "gone") hidden++;
  }
  const said = ["new", "returning", "still", "gone"].map(
    (presence) => `${counts.get(presence) ?? 0} ${words[presence] ?? presence}`,
  );
  return [
    `Since the run before: ${said.join(", ")}${hidden === 0 ? "" : `, ${hidden} hidden`}. 'goshawk findings' lists them.`,
  ];
}

const words: Readonly<Record<string, string>> = { still: "still there" };

/** Who is at this machine, for the history of findings. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}

/** Ids of findings that somebody called true positives. */
export async function truePositivesIn(folder: string): Promise<ReadonlySet<string>> {
  const records = foldJournal((await readJournal(folder)).entries);
  return new Set(records.flatMap((record) => (record.verdict === "true-positive" ? [record.id] : [])));
}
