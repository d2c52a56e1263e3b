import type { Span } from "../diagnostics/span.ts";

/** What each note on a query must be told. */
export interface QueryNoteFacts {
  /** A table is read without a lower bound on its event time. */
  "no-time-filter": { readonly table: string };
  /** The rows of the answer are sorted, and all of them handed over. */
  "unbounded-sort": Record<string, never>;
  /** `contains` whose text begins and ends with separators: `has` gives the same. */
  "contains-is-has": { readonly operator: string; readonly has: string; readonly text: string };
  /** `contains` where a whole word is looked for. */
  "contains-for-has": { readonly operator: string; readonly has: string; readonly text: string };
  /** A function under a name that Microsoft calls obsolete. */
  "obsolete-function": { readonly name: string; readonly now: string };
  /** A table under its name before 2020. */
  "renamed-table": { readonly name: string; readonly now: string };
  /** `A != x or A != y` is true for every row. */
  "always-true": { readonly column: string; readonly condition: string };
  /** `A == x and A == y` is true for no row. */
  "never-true": { readonly column: string; readonly condition: string };
  /** `A != x or B != y` leaves out only rows where both hold. */
  "or-of-exclusions": { readonly columns: readonly string[]; readonly condition: string };
  /** `A != x and B != y` leaves out every row where either holds. */
  "and-of-exclusions": { readonly columns: readonly string[]; readonly condition: string };
  /** Every table of the workspace is searched. */
  "searches-everything": { readonly construct: string };
  "trailing-space": { readonly lines: number };
}

export type QueryNoteCode = keyof QueryNoteFacts;

/** Puts `text` in the place of a span of the query. */
export interface QueryEdit {
  readonly span: Span;
  readonly text: string;
}

/** Something worth saying about a query that Kusto runs as it is. */
export interface QueryNote<C extends QueryNoteCode = QueryNoteCode> {
  readonly code: C;
  readonly span: Span;
  readonly facts: QueryNoteFacts[C];
  /** What sets it right without changing what the query answers. */
  readonly fix?: readonly QueryEdit[];
  /** The other reading that may have been meant, to be counted beside this one. */
  readonly instead?: readonly QueryEdit[];
}

export function queryNote<C extends QueryNoteCode>(
  code: C,
  span: Span,
  facts: QueryNoteFacts[C],
  more: Pick<QueryNote, "fix" | "instead"> = {},
): QueryNote {
  return { code, span, facts, ...more } as QueryNote;
}
