import type { ResultTable } from "@goshawk/engine";
import type { KqlType } from "@goshawk/kql";
import pc from "picocolors";
import { forTerminal } from "./escape.ts";
import { cut, displayWidth, pad } from "./width.ts";

export interface TableStyle {
  /** Columns of the terminal; texts are cut so that rows fit, unless infinite. */
  readonly width: number;
  readonly color: boolean;
}

/** A text that is cut shows at least so much, and its column's name. */
const MIN_TEXT = 12;

type Cells = readonly (readonly string[])[];

/** A result as aligned columns, numbers to the right; one with more columns than fit, a row after the other. */
export function tableText(table: ResultTable, style: TableStyle): string {
  const cells = table.rows.map((row) => row.map((cell, index) => shown(cell, table.columns[index]?.type ?? "string")));
  const heads = table.columns.map((column) => forTerminal(column.name));
  const types = table.columns.map((column) => column.type);
  const widths = fit(heads, cells, types, style.width);
  return widths === undefined ? recordsText(heads, cells, style) : gridText(heads, cells, types, widths, style);
}

function gridText(
  heads: readonly string[],
  cells: Cells,
  types: readonly KqlType[],
  widths: readonly number[],
  style: TableStyle,
): string {
  const colors = pc.createColors(style.color);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return pad(cut(cell, width), width, isNumber(types[index] ?? "string"));
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [colors.bold(line(heads)), colors.dim(rule), ...cells.map(line), ""].join("\n");
}

/** Each row under a line with its number: a name and a value a line, those that are empty left out. */
function recordsText(heads: readonly string[], cells: Cells, style: TableStyle): string {
  const colors = pc.createColors(style.color);
  const names = widest(0, heads);
  const records = cells.map((row, number) => {
    const mark = `── ${number + 1} `;
    const lines = heads.flatMap((head, index) => {
      const cell = row[index] ?? "";
      return cell === "" ? [] : [`${colors.bold(pad(head, names, false))}  ${cell}\n`];
    });
    return `${colors.dim(mark + "─".repeat(Math.max(0, style.width - mark.length)))}\n${lines.join("")}`;
  });
  return records.length === 0 ? `${colors.bold(heads.join("  "))}\n` : records.join("");
}

function shown(cell: string | null, type: KqlType): string {
  if (cell === null) return "";
  if (type === "datetime") return cell.replace(/(?:\.0000000)?Z$/, "Z").replace(/(\.\d*?)0+Z$/, "$1Z");
  return forTerminal(cell);
}

function isNumber(type: KqlType): boolean {
  return type === "int" || type === "long" || type === "real" || type === "decimal";
}

function isText(type: KqlType | undefined): boolean {
  return type === "string" || type === "dynamic";
}

function widest(least: number, texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, displayWidth(text)), least);
}

/**
 * The widths of columns that fit, taken from the widest first; undefined where there are none. Only texts are cut: a
 * number or a time of which an end is missing would be another.
 */
function fit(
  heads: readonly string[],
  cells: Cells,
  types: readonly KqlType[],
  total: number,
): readonly number[] | undefined {
  const widths = heads.map((head, index) =>
    Math.min(
      isText(types[index]) ? Math.max(total, MIN_TEXT) : Number.POSITIVE_INFINITY,
      cells.reduce((width, row) => Math.max(width, displayWidth(row[index] ?? "")), displayWidth(head)),
    ),
  );
  const least = widths.map((width, index) => {
    return isText(types[index]) ? Math.min(width, Math.max(MIN_TEXT, displayWidth(heads[index] ?? ""))) : width;
  });
  const sum = (all: readonly number[]): number =>
    all.reduce((done, width) => done + width, 2 * Math.max(0, all.length - 1));
  if (sum(least) > total) return undefined;
  for (let over = sum(widths) - total; over > 0; over--) {
    const room = widths.map((width, index) => (width > (least[index] ?? 0) ? width : 0));
    const at = room.indexOf(Math.max(...room));
    widths[at] = (widths[at] ?? 0) - 1;
  }
  return widths;
}
