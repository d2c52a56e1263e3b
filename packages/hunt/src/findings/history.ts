import { decisionText } from "../report/decisions.ts";
import type { JournalEntry } from "./record.ts";

/** Something that happened to a finding. */
export interface HistoryLine {
  /** ISO 8601, by the machine's clock. */
  readonly at: string;
  readonly by: string;
  readonly what: string;
}

/** All that the journal knows of a finding, oldest first: each hunt that saw it or missed it, and each decision. */
export function historyOf(entries: readonly JournalEntry[], id: string): readonly HistoryLine[] {
  const rule = entries.find((entry) => entry.kind === "run" && entry.seen.some((sighting) => sighting.id === id));
  if (rule?.kind !== "run") return [];
  let seenBefore = false;
  return entries.flatMap((entry): readonly HistoryLine[] => {
    const line = (what: string): readonly HistoryLine[] => [{ at: entry.at, by: entry.by, what }];
    if (entry.kind === "decision") return entry.ids.includes(id) && seenBefore ? line(decisionText(entry)) : [];
    if (entry.kind === "alert") return entry.findings.includes(id) ? line("a scheduled run told of it") : [];
    if (entry.kind !== "run" || entry.rule.id !== rule.rule.id) return [];
    const sighting = entry.seen.find((item) => item.id === id);
    const hunt = entry.hunt === undefined ? "a hunt" : `hunt ${entry.hunt}`;
    if (sighting === undefined)
      return seenBefore ? line(entry.looked === "can't" ? `${hunt} could not look` : `${hunt} did not see it`) : [];
    const hidden = sighting.suppressedBy.length === 0 ? "" : `, hidden by ${sighting.suppressedBy.join(", ")}`;
    const said = `${hunt} ${seenBefore ? "saw it" : "saw it first"} (${sighting.count ?? sighting.rows} events to ${sighting.last ?? "no time"})${hidden}`;
    seenBefore = true;
    return line(said);
  });
}
