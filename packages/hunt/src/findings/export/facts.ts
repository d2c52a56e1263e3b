import { foldJournal } from "../fold.ts";
import type { HuntEntry } from "../huntEntry.ts";
import type { FindingRecord, JournalEntry } from "../record.ts";

/** A finding with what its rule said when it was last seen, as other tools want to know it. */
export interface FindingFacts extends FindingRecord {
  readonly tactics: readonly string[];
  /** The rule's KQL; undefined where no hunt has recorded it. */
  readonly query: string | undefined;
  /** When a hunt saw it first, and the last time: ISO 8601, by the machine's clock. */
  readonly foundAt: string;
  readonly foundLast: string;
  /** The span that the rule searched when it saw it last; Kusto's datetime texts. */
  readonly searchedFrom: string | undefined;
  readonly searchedTo: string;
}

/** Every finding of a journal with its facts. */
export function factsIn(entries: readonly JournalEntry[]): readonly FindingFacts[] {
  const seen = new Map<string, { first: string; last: string; hunt: string | undefined; now: string }>();
  const hunts = new Map<string, HuntEntry>();
  const queries = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind === "hunt") {
      hunts.set(entry.id, entry);
      for (const { id, query } of entry.rules) if (query !== undefined) queries.set(id, query);
    }
    if (entry.kind !== "run") continue;
    for (const { id } of entry.seen)
      seen.set(id, { first: seen.get(id)?.first ?? entry.at, last: entry.at, hunt: entry.hunt, now: entry.now });
  }
  return foldJournal(entries).map((record) => {
    const times = seen.get(record.id);
    const rule = hunts.get(times?.hunt ?? "")?.rules.find(({ id }) => id === record.rule.id);
    return {
      ...record,
      tactics: rule?.tactics ?? [],
      query: queries.get(record.rule.id),
      foundAt: times?.first ?? "",
      foundLast: times?.last ?? "",
      searchedFrom: rule?.earliest,
      searchedTo: times?.now ?? "",
    };
  });
}
