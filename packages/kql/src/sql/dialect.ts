/** What differs between SQL engines; a new dialect must answer every question. */
export interface Dialect {
  readonly name: "duckdb" | "clickhouse";
  /** `unnest` may stand beside a table and read its columns. */
  readonly lateralUnnest: boolean;
  /** What a decimal is, with the digits that it keeps. */
  readonly decimal: string;
}

export const duckdb: Dialect = { name: "duckdb", lateralUnnest: true, decimal: "DECIMAL(38,18)" };

/** For queries whose decimals are long whole numbers. */
export const duckdbOfLongDecimals: Dialect = { ...duckdb, decimal: "DECIMAL(38,6)" };
