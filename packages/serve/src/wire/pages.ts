import type { Cell } from "@goshawk/engine";
import type { ColumnSchema } from "@goshawk/kql";
import type { Answer, RowsPiece, WrittenPiece } from "../engines/answers.ts";
import { distinctNames } from "./cells.ts";
import { csvHead } from "./csv.ts";
import type { BodyPart } from "./kusto/body.ts";

/** The rows of an answer's first table, as they were written, and (by `more`) whether there are others after them. */
export async function* writtenPage(
  pieces: Answer<WrittenPiece>["pieces"],
  more: (there: boolean) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) {
    if (piece.kind === "end") return more(piece.truncated);
    if (piece.count > 0) yield piece.bytes;
  }
}

/** The same, row by row, for what can't be written in parts. */
export async function* rowsPage(
  pieces: Answer<RowsPiece>["pieces"],
  skip: number,
): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  let left = skip;
  for await (const piece of pieces) {
    if (piece.kind === "end") return;
    const rows = piece.rows.slice(left);
    left = Math.max(0, left - piece.rows.length);
    if (rows.length > 0) yield rows;
  }
}

/** Rows as JSON, after what is known of them; `more` and a failure come at the end. */
export async function* jsonPage(
  columns: readonly ColumnSchema[],
  head: object,
  rows: AsyncIterable<Uint8Array>,
  end: () => object,
): AsyncGenerator<BodyPart, void, undefined> {
  const names = distinctNames(columns.map((column) => column.name));
  const told = { ...head, columns: columns.map(({ type }, at) => ({ name: names[at], type })) };
  yield `${JSON.stringify(told).slice(0, -1)},"rows":[`;
  let empty = true;
  for await (const bytes of rows) {
    if (!empty) yield ",";
    yield bytes;
    empty = false;
  }
  yield `],${JSON.stringify(end()).slice(1)}`;
}

export async function* csvPage(
  columns: readonly ColumnSchema[],
  rows: AsyncIterable<Uint8Array>,
): AsyncGenerator<BodyPart, void, undefined> {
  yield csvHead(columns);
  yield* rows;
}
