import type { ColumnSchema } from "@goshawk/kql";

/** A cell in Kusto's own notation, or null; `dynamic` is JSON text. */
export type Cell = string | null;

/** An answer: ordered, typed columns and rows of cells. */
export interface ResultTable {
  readonly columns: readonly ColumnSchema[];
  readonly rows: readonly (readonly Cell[])[];
  /** True when rows beyond the caller's limit were left out. */
  readonly truncated: boolean;
}
