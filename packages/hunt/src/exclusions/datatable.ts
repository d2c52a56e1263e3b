import { type KqlType, parseDatetime } from "@goshawk/kql";
import type { SampleRow } from "./exclusion.ts";

export interface TypedColumn {
  readonly name: string;
  readonly type: KqlType;
}

/** The columns of a table; none for one that is not known. */
export type ColumnsOfTable = (table: string) => readonly TypedColumn[];

/** Rows of a table as a `datatable` with all of its columns; or the first cell that can't be written. */
export function datatableText(
  table: string,
  rows: readonly SampleRow[],
  columnsOf: ColumnsOfTable,
): string | { readonly fault: string } {
  const columns = columnsOf(table);
  const known = new Set(columns.map((column) => column.name));
  const strange = rows.flatMap((row) => Object.keys(row)).find((name) => !known.has(name));
  if (strange !== undefined) return { fault: `${table} has no column '${strange}'` };
  const cells: string[] = [];
  for (const row of rows) {
    for (const { name, type } of columns) {
      const cell = literalText(row[name], type);
      if (cell === undefined) return { fault: `${name} is ${JSON.stringify(row[name])}, and no ${type}` };
      cells.push(cell);
    }
  }
  return `datatable(${columns.map(({ name, type }) => `['${name}']: ${type}`).join(", ")})[${cells.join(", ")}]`;
}

function literalText(value: unknown, type: KqlType): string | undefined {
  if (value === undefined || value === null) return type === "string" ? '""' : `${type}(null)`;
  switch (type) {
    case "string":
      return quoted(typeof value === "string" ? value : JSON.stringify(value));
    case "dynamic":
      return `dynamic(${JSON.stringify(value)})`;
    case "bool":
      return typeof value === "boolean" ? String(value) : undefined;
    case "int":
    case "long":
      return Number.isSafeInteger(value) || /^-?\d{1,19}$/.test(String(value)) ? `${type}(${value})` : undefined;
    case "real":
      return typeof value === "number" ? `real(${value})` : undefined;
    case "datetime":
      return parseDatetime(String(value)) === undefined ? undefined : `datetime(${value})`;
    default:
      return /^[-\w.:]+$/.test(String(value)) ? `${type}(${value})` : undefined;
  }
}

/** JSON's escapes are KQL's, save those for characters above U+FFFF, which stand for themselves. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A cell of an answer as a sample would write it; undefined for one that is empty or has no such form. */
export function sampleValue(cell: string | null, type: KqlType): unknown {
  if (cell === null || cell === "") return undefined;
  switch (type) {
    case "bool":
      return cell === "true" || cell === "True" || cell === "1";
    case "real":
      return Number.isFinite(Number(cell)) ? Number(cell) : undefined;
    case "dynamic":
      try {
        return JSON.parse(cell) as unknown;
      } catch {
        return undefined;
      }
    default:
      return cell;
  }
}
