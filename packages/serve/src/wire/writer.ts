import type { Cell, RowsWriter } from "@goshawk/engine";
import type { ColumnSchema } from "@goshawk/kql";
import { type CellWriter, cellWriters, type DynamicAs, distinctNames } from "./cells.ts";
import { csvWriters } from "./csv.ts";

/** How rows are written: JSON arrays or objects between commas, or lines of CSV. */
export type RowsForm =
  | { readonly kind: "arrays"; readonly dynamic: DynamicAs; readonly skip?: number }
  | { readonly kind: "objects" }
  | { readonly kind: "csv"; readonly skip?: number };

const encoder = new TextEncoder();

/** Writes an answer's rows in the engine's thread, so that the one that serves all clients only hands bytes on. */
export function openWriter(form: unknown, columns: readonly (readonly ColumnSchema[])[]): RowsWriter {
  const known = form as RowsForm;
  const tables = columns.map((of) => rowsText(known, of));
  let skip = "skip" in known ? (known.skip ?? 0) : 0;
  return (table, rows) => {
    const left = skip === 0 || table > 0 ? rows : rows.slice(skip);
    if (table === 0) skip = Math.max(0, skip - rows.length);
    return { count: left.length, bytes: encoder.encode(tables[table]?.(left) ?? "") };
  };
}

type RowsText = (rows: readonly (readonly Cell[])[]) => string;

function rowsText(form: RowsForm, columns: readonly ColumnSchema[]): RowsText {
  switch (form.kind) {
    case "arrays":
      return joined("[", "]", ",", cellWriters(columns, form.dynamic), ",");
    case "objects":
      return joined("{", "}", ",", keyed(columns), ",");
    case "csv":
      return joined("", "\r\n", ",", csvWriters(columns), "");
  }
}

function keyed(columns: readonly ColumnSchema[]): readonly CellWriter[] {
  const names = distinctNames(columns.map((column) => column.name));
  return cellWriters(columns, "value").map((write, at) => {
    const key = `${JSON.stringify(names[at])}:`;
    return (cell) => key + write(cell);
  });
}

function joined(start: string, end: string, comma: string, cells: readonly CellWriter[], between: string): RowsText {
  return (rows) => {
    let text = "";
    for (const row of rows) {
      text += text === "" ? start : between + start;
      for (const [at, write] of cells.entries()) text += (at === 0 ? "" : comma) + write(row[at] ?? null);
      text += end;
    }
    return text;
  };
}
