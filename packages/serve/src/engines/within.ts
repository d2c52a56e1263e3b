import { ServeError } from "../http/serveError.ts";
import type { WrittenPiece } from "./answers.ts";

/** How much of an answer is handed over before it ends with an error. The engine is told of the records, too. */
export interface Truncation {
  readonly records: number;
  readonly bytes: number;
}

/** The pieces, up to the limits; beyond them it throws what Kusto says of such an answer. */
export async function* within(
  pieces: AsyncGenerator<WrittenPiece, void, undefined>,
  truncation: Truncation,
): AsyncGenerator<WrittenPiece, void, undefined> {
  let [records, bytes] = [0, 0];
  for await (const piece of pieces) {
    if (piece.kind === "end") {
      if (piece.truncated && records >= truncation.records) throw tooManyRecords(truncation);
    } else {
      records += piece.count;
      bytes += piece.bytes.length;
      if (records > truncation.records) throw tooManyRecords(truncation);
      if (bytes > truncation.bytes) throw tooLarge(`more than ${truncation.bytes} bytes`);
    }
    yield piece;
  }
}

function tooManyRecords({ records }: Truncation): ServeError {
  return tooLarge(`more than ${records} records`);
}

function tooLarge(what: string): ServeError {
  return new ServeError(
    400,
    "LimitsExceeded",
    `Query result set has exceeded the internal limits: ${what} (E_QUERY_RESULT_SET_TOO_LARGE). Narrow it, or set notruncation.`,
  );
}
