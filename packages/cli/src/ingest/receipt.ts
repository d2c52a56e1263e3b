import { formatDatetime } from "@goshawk/kql";
import type { Problem, Receipt } from "@goshawk/store";
import { forTerminal } from "../output/escape.ts";

const SHOWN = 5;

/** Whether every record became a row, and every value a value of its column. */
export function isOrdinary(receipt: Receipt): boolean {
  const { unconverted, rejected, problems, notes } = receipt;
  return unconverted.length + rejected + problems.length + notes.length === 0;
}

/** What became of one file, for a person. */
export function receiptText(receipt: Receipt): string {
  const tables = receipt.tables.map((table) => `${table.table} ${count(table.rows, "row")}`).join(", ");
  const span =
    receipt.firstEvent === null || receipt.lastEvent === null
      ? ""
      : `, ${day(receipt.firstEvent)} to ${day(receipt.lastEvent)}`;
  const lines = [`${forTerminal(receipt.path)}: ${receipt.format}: ${tables === "" ? "no rows" : tables}${span}`];
  for (const column of receipt.unconverted.slice(0, SHOWN))
    lines.push(
      `  ${column.table}.${column.column}: ${count(column.count, "value")} kept as text, for example '${forTerminal(column.example)}'`,
    );
  if (receipt.rejected > 0)
    lines.push(
      `  ${count(receipt.rejected, "record")} ${receipt.rejected === 1 ? "is no row" : "are no rows"}${receipt.rejectedFile === undefined ? "" : `; the text is in ${receipt.rejectedFile}`}`,
    );
  for (const problem of receipt.problems.slice(0, SHOWN)) lines.push(`  ${problemText(problem)}`);
  if (receipt.problems.length > SHOWN) lines.push(`  … and ${receipt.problems.length - SHOWN} more problems`);
  for (const note of receipt.notes) lines.push(`  ${forTerminal(note)}`);
  return lines.join("\n");
}

function problemText(problem: Problem): string {
  const place =
    problem.line === undefined
      ? ""
      : `line ${problem.line}${problem.column === undefined ? "" : `, column ${problem.column}`}: `;
  const member = problem.member === undefined ? "" : `${problem.member}: `;
  return forTerminal(`${member}${place}${problem.message}`);
}

function day(ticks: bigint): string {
  return `${formatDatetime(ticks).slice(0, 19)}Z`;
}

export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
