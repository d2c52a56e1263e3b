import type { Cell } from "@goshawk/engine";
import type { ColumnSchema } from "@goshawk/kql";
import type { Answer } from "../engines/answers.ts";
import { distinctNames, jsonRow } from "./cells.ts";

/** Some rows of an answer's first table. */
export interface Page {
  readonly skip: number;
  readonly limit: number;
}

/** The rows of the page, and (by `more`) whether there are others after it. */
export async function* pageOf(
  pieces: Answer["pieces"],
  { skip, limit }: Page,
  more: (there: boolean) => void,
): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  let [left, taken] = [skip, 0];
  for await (const piece of pieces) {
    if (piece.kind === "end" || piece.table !== 0) continue;
    const from = Math.min(left, piece.rows.length);
    left -= from;
    const rows = piece.rows.slice(from, from + limit - taken);
    taken += rows.length;
    if (rows.length > 0) yield rows;
    if (from + rows.length < piece.rows.length) return more(true);
  }
  more(false);
}

/** Rows as JSON, after what is known of them; `more` and a failure come at the end. */
export async function* jsonPage(
  columns: readonly ColumnSchema[],
  head: object,
  rows: AsyncIterable<readonly (readonly Cell[])[]>,
  end: () => object,
): AsyncGenerator<string, void, undefined> {
  const names = distinctNames(columns.map((column) => column.name));
  const types = columns.map((column) => column.type);
  const told = { ...head, columns: types.map((type, at) => ({ name: names[at], type })) };
  yield `${JSON.stringify(told).slice(0, -1)},"rows":[`;
  let empty = true;
  for await (const batch of rows) {
    yield `${empty ? "" : ","}${batch.map((row) => jsonRow(row, types, "value")).join(",")}`;
    empty = false;
  }
  yield `],${JSON.stringify(end()).slice(1)}`;
}

/** Rows as CSV. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export async function* csvPage(
  columns: readonly ColumnSchema[],
  rows: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<string, void, undefined> {
  const texts = columns.map(({ type }) => type === "string" || type === "dynamic");
  yield `${distinctNames(columns.map((column) => column.name))
    .map((name) => csvCell(name, true))
    .join(",")}\r\n`;
  for await (const batch of rows)
    yield batch
      .map((row) => `${row.map((cell, at) => csvCell(cell ?? "", texts[at] === true)).join(",")}\r\n`)
      .join("");
}

function csvCell(text: string, isText: boolean): string {
  const tame = isText && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
