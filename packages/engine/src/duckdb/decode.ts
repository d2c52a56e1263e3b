import type { DuckDBValue } from "@duckdb/node-api";
import { formatDatetime, formatReal, formatTimespan, type KqlType } from "@goshawk/kql";
import type { Cell } from "../result.ts";

/** A DuckDB value of a column that holds `type`, as Kusto writes it. */
export function decode(of: DuckDBValue, type: KqlType): Cell {
  if (of === null || of === undefined) return type === "string" ? "" : null;
  switch (type) {
    case "datetime":
      return formatDatetime(BigInt(of as bigint));
    case "timespan":
      return formatTimespan(BigInt(of as bigint));
    case "real":
      return formatReal(Number(of));
    case "decimal":
      return plainDecimal(String(of));
    case "bool":
    case "int":
    case "long":
    case "string":
    case "guid":
    case "dynamic":
      return String(of);
  }
}

function plainDecimal(text: string): string {
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}
