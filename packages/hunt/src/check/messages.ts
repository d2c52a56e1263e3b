import type { Examination, StoredFunction, TableSchema } from "@goshawk/kql";

/** What an examining thread starts with. */
export interface ExaminerStart {
  /** A module with `table(name)`, `tableNames()` and `oldNames()`: the schemas of the catalogue. */
  readonly schemas: string;
  /** Tables beside the catalogue's, or with more columns. */
  readonly tables: readonly TableSchema[];
  readonly functions: readonly StoredFunction[];
  readonly now: bigint;
}

export interface ToExaminer {
  readonly text: string;
}

export type FromExaminer =
  /** From now on, time counts. */
  { readonly begun: true } | { readonly examination: Examination } | { readonly failure: string };
