import type { Cell } from "@goshawk/engine";
import type { ColumnSchema, KqlType } from "@goshawk/kql";

/** How a protocol writes `dynamic`: as a JSON value, or as its text. */
export type DynamicAs = "value" | "text";

/** A cell as JSON text. Numbers are written as they stand, so that no digit of a `long` is lost. */
export function jsonCell(cell: Cell, type: KqlType, dynamic: DynamicAs): string {
  if (cell === null) return type === "string" ? '""' : "null";
  switch (type) {
    case "bool":
    case "int":
    case "long":
      return cell;
    case "real":
      return /^[NI-][aIn]/.test(cell) ? `"${cell}"` : cell;
    case "dynamic":
      return dynamic === "value" ? cell : JSON.stringify(cell);
    case "string":
    case "datetime":
    case "timespan":
    case "decimal":
    case "guid":
      return JSON.stringify(cell);
  }
}

export type CellWriter = (cell: Cell) => string;

/** What writes the cells of each column. */
export function cellWriters(columns: readonly ColumnSchema[], dynamic: DynamicAs): readonly CellWriter[] {
  return columns.map(
    ({ type }) =>
      (cell) =>
        jsonCell(cell, type, dynamic),
  );
}

/** A row as a JSON array. */
export function jsonRow(row: readonly Cell[], types: readonly KqlType[], dynamic: DynamicAs): string {
  return `[${row.map((cell, at) => jsonCell(cell, types[at] ?? "string", dynamic)).join(",")}]`;
}

/** Names of columns, told apart as Kusto does: `a`, `a1`. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let made = name;
    for (let number = 1; used.has(made); number++) made = `${name}${number}`;
    used.add(made);
    return made;
  });
}
