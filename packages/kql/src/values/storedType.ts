import type { KqlType } from "./type.ts";

/** The DuckDB type that holds a Kusto type in files and tables; SEMANTICS.md V says what each holds. */
export const storedTypes: Readonly<Record<KqlType, string>> = {
  bool: "BOOLEAN",
  int: "BIGINT",
  long: "BIGINT",
  real: "DOUBLE",
  decimal: "DECIMAL(38,18)",
  datetime: "BIGINT",
  timespan: "BIGINT",
  string: "VARCHAR",
  guid: "VARCHAR",
  dynamic: "VARCHAR",
};
