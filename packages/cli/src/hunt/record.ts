import { userInfo } from "node:os";
import { appendEntries, foldJournal, type RuleOutcome, readJournal, runEntryOf } from "@goshawk/hunt";

/** Adds a hunt to the store's journal, and says how its findings compare with the runs before. */
export async function recordHunt(outcomes: readonly RuleOutcome[], folder: string): Promise<string | undefined> {
  const at = new Date().toISOString();
  const by = userName();
  const runs = outcomes.flatMap((outcome) => ("findings" in outcome ? [runEntryOf(outcome, at, by)] : []));
  await appendEntries(folder, runs);
  const rules = new Set(runs.map((run) => run.rule.id));
  const { entries } = await readJournal(folder);
  if (!entries.some((entry) => entry.kind === "run" && entry.at < at && rules.has(entry.rule.id))) return undefined;
  const counts = new Map<string, number>();
  for (const { rule, presence, latest } of foldJournal(entries))
    if (rules.has(rule.id) && latest.suppressedBy.length === 0) counts.set(presence, (counts.get(presence) ?? 0) + 1);
  const said = ["new", "returning", "still", "gone"].map(
    (presence) => `${counts.get(presence) ?? 0} ${words[presence] ?? presence}`,
  );
  return `Since the run before: ${said.join(", ")}. 'goshawk findings' lists them.`;
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
