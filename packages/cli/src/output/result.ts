import type { ResultTable } from "@goshawk/engine";
import { UsageError } from "../exit.ts";
import { forCsv, forJson } from "./escape.ts";
import { type TableStyle, tableText } from "./table.ts";

export const formats = ["table", "json", "ndjson", "csv"] as const;
export type Format = (typeof formats)[number];

/** The format asked for, or the one that suits where the output goes. */
export function chosenFormat(asked: string | undefined, terminal: boolean): Format {
  if (asked === undefined) return terminal ? "table" : "ndjson";
  const found = formats.find((format) => format === asked);
  if (found === undefined) throw new UsageError(`unknown format '${asked}'; expected ${formats.join(", ")}`);
  return found;
}

/** A result in a format, ready to print. */
export function resultText(table: ResultTable, format: Format, style: TableStyle): string {
  switch (format) {
    case "table":
      return tableText(table, style);
    case "json":
      return `[${rowTexts(table)
        .map((row) => `\n  ${row}`)
        .join(",")}\n]\n`;
    case "ndjson":
      return rowTexts(table)
        .map((row) => `${row}\n`)
        .join("");
    case "csv":
      return csvText(table);
  }
}

function csvText(table: ResultTable): string {
  const head = table.columns.map((column) => forCsv(column.name, true)).join(",");
  const rows = table.rows.map((row) =>
    row.map((cell, index) => forCsv(cell ?? "", isText(table.columns[index]?.type))).join(","),
  );
  return [head, ...rows, ""].join("\r\n");
}

function isText(type: string | undefined): boolean {
  return type === "string" || type === "dynamic";
}

/** One JSON object a row; numbers keep every digit, because their text is written as it is. */
function rowTexts(table: ResultTable): readonly string[] {
  const keys = table.columns.map((column) => JSON.stringify(column.name));
  return table.rows.map(
    (row) => `{${row.map((cell, index) => `${keys[index]}:${jsonCell(cell, table.columns[index]?.type)}`).join(",")}}`,
  );
}

function jsonCell(cell: string | null, type: string | undefined): string {
  if (cell === null) return "null";
  switch (type) {
    case "int":
    case "long":
    case "bool":
      return cell;
    case "dynamic":
      return forJson(cell);
    case "real":
      return /^-?[\d.]+(E[-+]\d+)?$/.test(cell) ? cell : JSON.stringify(cell);
    default:
      return forJson(JSON.stringify(cell));
  }
}
