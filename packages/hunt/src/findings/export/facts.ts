import { foldJournal } from "../fold.ts";
import type { HuntEntry } from "../huntEntry.ts";
import { noQueries, noteQueries } from "../queries.ts";
import type { FindingRecord, JournalEntry, RunEntry } from "../record.ts";

/** A finding with what its rule said when it was last seen, as other tools want to know it. */
export interface FindingFacts extends FindingRecord {
  readonly tactics: readonly string[];
  /** The rule's KQL as it saw the finding last; undefined where no hunt has recorded it. */
  readonly query: string | undefined;
  /** When a hunt saw it first, and the last time: ISO 8601, by the machine's clock. */
  readonly foundAt: string;
  readonly foundLast: string;
  /** The span that the rule searched when it saw it last; Kusto's datetime texts. */
  readonly searchedFrom: string | undefined;
  readonly searchedTo: string;
}

interface Seen {
  readonly first: string;
  readonly run: RunEntry;
  /** The rule's text of that run. */
  readonly query: string | undefined;
}

/** Every finding of a journal with its facts. */
export function factsIn(entries: readonly JournalEntry[]): readonly FindingFacts[] {
  const seen = new Map<string, Seen>();
  const hunts = new Map<string, HuntEntry>();
  const queries = noQueries();
  for (const entry of entries) {
    noteQueries(entry, queries);
    if (entry.kind === "hunt") hunts.set(entry.id, entry);
    if (entry.kind !== "run") continue;
    const query = queries.latest.get(entry.rule.id);
    for (const { id } of entry.seen) seen.set(id, { first: seen.get(id)?.first ?? entry.at, run: entry, query });
  }
  return foldJournal(entries).map((record) => {
    const { first = "", run, query } = seen.get(record.id) ?? {};
    const rule = hunts.get(run?.hunt ?? "")?.rules.find(({ id }) => id === record.rule.id);
    return {
      ...record,
      tactics: rule?.tactics ?? run?.scheduled?.tactics ?? [],
      query,
      foundAt: first,
      foundLast: run?.at ?? "",
      searchedFrom: rule?.earliest ?? run?.scheduled?.earliest,
      searchedTo: run?.now ?? "",
    };
  });
}
