/** What differs between SQL engines; a new dialect must answer every question. */
export interface Dialect {
  readonly name: "duckdb" | "clickhouse";
  /** `unnest` may stand beside a table and read its columns. */
  readonly lateralUnnest: boolean;
}

export const duckdb: Dialect = { name: "duckdb", lateralUnnest: true };
