import { foldJournal } from "../findings/fold.ts";
import type { HuntEntry } from "../findings/huntEntry.ts";
import { queriesIn } from "../findings/queries.ts";
import type { DecisionEntry, FindingRecord, JournalEntry } from "../findings/record.ts";

/** A hunt, what it found and what was decided since. */
export interface Report {
  readonly hunt: HuntEntry;
  /** What its rules have found, this time or before; presence as of this hunt, decisions as of now. */
  readonly findings: readonly ReportedFinding[];
  /** The decisions on these findings, oldest first. */
  readonly decisions: readonly DecisionEntry[];
  /** Ids of rules and their KQL, as this hunt ran it. */
  readonly queries: ReadonlyMap<string, string>;
}

export interface ReportedFinding extends FindingRecord {
  readonly tactics: readonly string[];
}

/** The hunts of a journal, oldest first. */
export function huntsIn(entries: readonly JournalEntry[]): readonly HuntEntry[] {
  return entries.filter((entry) => entry.kind === "hunt");
}

/** The report on a hunt, by its id. */
export function reportOf(entries: readonly JournalEntry[], hunt: HuntEntry): Report {
  const rules = new Map(hunt.rules.map((rule) => [rule.id, rule]));
  // A hunt and its runs are one write, so nothing of another hunt stands between them.
  const before = entries.slice(0, entries.findLastIndex((entry) => belongs(entry, hunt)) + 1);
  const now = new Map(foldJournal(entries).map((record) => [record.id, record]));
  const findings = foldJournal(before).flatMap((record): readonly ReportedFinding[] => {
    const rule = rules.get(record.rule.id);
    if (rule === undefined) return [];
    const { status, verdict, assignee, tags, comments } = now.get(record.id) ?? record;
    return [{ ...record, status, verdict, assignee, tags, comments, tactics: rule.tactics }];
  });
  const ids = new Set(findings.map(({ id }) => id));
  return {
    hunt,
    findings,
    decisions: entries.filter(
      (entry): entry is DecisionEntry => entry.kind === "decision" && entry.ids.some((id) => ids.has(id)),
    ),
    queries: queriesIn(before),
  };
}

function belongs(entry: JournalEntry, hunt: HuntEntry): boolean {
  return entry === hunt || (entry.kind === "run" && entry.hunt === hunt.id);
}
