import type { ResultTable } from "@goshawk/engine";
import type { KqlType } from "@goshawk/kql";
import pc from "picocolors";
import { forTerminal } from "./escape.ts";
import { cut, displayWidth, pad } from "./width.ts";

export interface TableStyle {
  /** Columns of the terminal; cells are cut so that rows fit, unless infinite. */
  readonly width: number;
  readonly color: boolean;
}

const MIN_COLUMN = 8;

/** A result as aligned columns, numbers to the right. */
export function tableText(table: ResultTable, style: TableStyle): string {
  const colors = pc.createColors(style.color);
  const right = table.columns.map((column) => isNumber(column.type));
  const cells = table.rows.map((row) => row.map((cell, index) => shown(cell, table.columns[index]?.type ?? "string")));
  const heads = table.columns.map((column) => forTerminal(column.name));
  const widths = fit(
    heads.map((head, index) => Math.max(displayWidth(head), ...cells.map((row) => displayWidth(row[index] ?? "")))),
    style.width,
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => pad(cut(cell, widths[index] ?? 0), widths[index] ?? 0, right[index] ?? false))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [colors.bold(line(heads)), colors.dim(rule), ...cells.map(line), ""].join("\n");
}

function shown(cell: string | null, type: KqlType): string {
  if (cell === null) return "";
  if (type === "datetime") return cell.replace(/(?:\.0000000)?Z$/, "Z").replace(/(\.\d*?)0+Z$/, "$1Z");
  return forTerminal(cell);
}

function isNumber(type: KqlType): boolean {
  return type === "int" || type === "long" || type === "real" || type === "decimal";
}

/** Takes width from the widest columns first. */
function fit(wanted: readonly number[], total: number): readonly number[] {
  const widths = [...wanted];
  const gaps = 2 * Math.max(0, widths.length - 1);
  let over = widths.reduce((sum, width) => sum + width, gaps) - total;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= MIN_COLUMN) break;
    const next = Math.max(MIN_COLUMN, ...widths.filter((width) => width < widest));
    for (let index = 0; index < widths.length && over > 0; index++) {
      if (widths[index] !== widest) continue;
      const cutBy = Math.min(over, widest - next);
      widths[index] = widest - cutBy;
      over -= cutBy;
    }
  }
  return widths;
}
