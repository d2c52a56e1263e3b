import type { ColumnSchema } from "@goshawk/kql";
import { type CellWriter, distinctNames } from "./cells.ts";

/** The line with the names of columns. */
export function csvHead(columns: readonly ColumnSchema[]): string {
  return `${distinctNames(columns.map((column) => column.name))
    .map((name) => csvCell(name, true))
    .join(",")}\r\n`;
}

export function csvWriters(columns: readonly ColumnSchema[]): readonly CellWriter[] {
  return columns.map(({ type }) => {
    const isText = type === "string" || type === "dynamic";
    return (cell) => csvCell(cell ?? "", isText);
  });
}

/** Text that a spreadsheet would run as a formula gets an apostrophe in front. */
function csvCell(text: string, isText: boolean): string {
  const tame = isText && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
