import type { AnswerPiece } from "./backend.ts";

type Pieces = AsyncGenerator<AnswerPiece, void, undefined>;

/**
 * The same pieces, and `left` is called when their reader leaves, even before the first one: a generator that was never
 * begun does not run its `finally`.
 */
export function leavable(pieces: Pieces, left: () => void | Promise<void>): Pieces {
  const own: Pieces = {
    next: () => pieces.next(),
    return: async () => {
      await left();
      return pieces.return();
    },
    throw: async (error) => {
      await left();
      return pieces.throw(error);
    },
    [Symbol.asyncIterator]: () => own,
  };
  return own;
}
