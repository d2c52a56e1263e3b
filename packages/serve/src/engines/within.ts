import type { AnswerPiece } from "@goshawk/engine";
import { ServeError } from "../http/serveError.ts";

/** How much of an answer is handed over before it ends with an error. */
export interface Truncation {
  readonly records: number;
  readonly bytes: number;
}

/** The pieces, up to the limits; beyond them it throws what Kusto says of such an answer. */
export async function* within(
  pieces: AsyncGenerator<AnswerPiece, void, undefined>,
  truncation: Truncation,
): AsyncGenerator<AnswerPiece, void, undefined> {
  let [records, bytes] = [0, 0];
  for await (const piece of pieces) {
    if (piece.kind === "end") {
      yield piece;
      continue;
    }
    const room = truncation.records - records;
    if (piece.rows.length > room) {
      if (room > 0) yield { ...piece, rows: piece.rows.slice(0, room) };
      throw tooLarge(`more than ${truncation.records} records`);
    }
    records += piece.rows.length;
    for (const row of piece.rows) for (const cell of row) bytes += cell?.length ?? 0;
    if (bytes > truncation.bytes) throw tooLarge(`more than ${truncation.bytes} bytes`);
    yield piece;
  }
}

function tooLarge(what: string): ServeError {
  return new ServeError(
    400,
    "LimitsExceeded",
    `Query result set has exceeded the internal limits: ${what} (E_QUERY_RESULT_SET_TOO_LARGE). Narrow it, or set notruncation.`,
  );
}
