import type { Cell, ResultTable } from "@goshawk/engine";
import type { ColumnSchema, KqlType } from "@goshawk/kql";

/** A whole table of the server's own making, from `name:type` pairs and rows. */
export function tableOf(columns: string, rows: readonly (readonly Cell[])[]): ResultTable {
  return { columns: columnsOf(columns), rows, truncated: false };
}

/** `"a:string, b:long"` as columns. */
export function columnsOf(text: string): readonly ColumnSchema[] {
  return text.split(", ").map((pair) => {
    const [name = "", type = "string"] = pair.split(":");
    return { name, type: type as KqlType };
  });
}
