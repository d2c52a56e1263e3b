import { queryDigestOf } from "./queryDigest.ts";
import type { JournalEntry } from "./record.ts";

/** The texts of rules, as entries of a journal bring them one after another. */
export interface Queries {
  /** By rule. */
  readonly latest: Map<string, string>;
  /** By digest: a hunt that leaves out a text may stand behind another one with a newer text. */
  readonly texts: Map<string, string>;
}

export function noQueries(): Queries {
  return { latest: new Map(), texts: new Map() };
}

/** The KQL of each rule by its id, as the last of the entries had it. */
export function queriesIn(entries: readonly JournalEntry[]): ReadonlyMap<string, string> {
  const queries = noQueries();
  for (const entry of entries) noteQueries(entry, queries);
  return queries.latest;
}

/** Adds the texts that an entry brings. */
export function noteQueries(entry: JournalEntry, queries: Queries): void {
  if (entry.kind === "hunt") for (const { id, ...said } of entry.rules) note(id, said, queries);
  if (entry.kind === "run" && entry.scheduled !== undefined) note(entry.rule.id, entry.scheduled, queries);
}

function note(
  rule: string,
  { query, queryDigest }: { readonly query?: string; readonly queryDigest?: string },
  { latest, texts }: Queries,
): void {
  if (query !== undefined) texts.set(queryDigestOf(query), query);
  const text = query ?? texts.get(queryDigest ?? "");
  if (text !== undefined) latest.set(rule, text);
}
