import type { JournalEntry } from "./record.ts";

/** The KQL of each rule by its id, as the last of the entries had it. */
export function queriesIn(entries: readonly JournalEntry[]): ReadonlyMap<string, string> {
  const queries = new Map<string, string>();
  for (const entry of entries) noteQueries(entry, queries);
  return queries;
}

/** Adds the texts that an entry brings. */
export function noteQueries(entry: JournalEntry, queries: Map<string, string>): void {
  if (entry.kind === "hunt") for (const { id, query } of entry.rules) if (query !== undefined) queries.set(id, query);
  if (entry.kind === "run" && entry.scheduled?.query !== undefined) queries.set(entry.rule.id, entry.scheduled.query);
}
