import type { KqlType } from "./type.ts";

/** A column as a query sees it; names are case-sensitive. */
export interface ColumnSchema {
  readonly name: string;
  readonly type: KqlType;
}

/** A table as a query sees it: ordered columns. */
export interface TableSchema {
  readonly name: string;
  readonly columns: readonly ColumnSchema[];
}
