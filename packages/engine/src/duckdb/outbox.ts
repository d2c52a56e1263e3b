import type { AnswerPiece } from "../backend.ts";
import { BackendError } from "../error.ts";

/** Pieces of an answer that may be on their way before the reader has taken one. */
const AHEAD = 3;

/** Sends pieces no faster than they are taken, so that an answer of any size needs little memory. */
export interface Outbox {
  /** Resolves when the reader has room; rejects when `signal` is aborted or the query is cancelled. */
  send(piece: AnswerPiece, signal: AbortSignal): Promise<void>;
  /** The reader has taken one. */
  taken(): void;
  cancel(): void;
}

export function outbox(post: (piece: AnswerPiece) => void): Outbox {
  let room = AHEAD;
  let cancelled = false;
  let wake: (() => void) | undefined;
  const woken = (): void => {
    wake?.();
    wake = undefined;
  };
  return {
    send: async (piece, signal) => {
      while (room === 0 && !cancelled && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener("abort", woken, { once: true });
        });
      signal.throwIfAborted();
      if (cancelled) throw new BackendError("cancelled", "The query was cancelled.");
      room--;
      post(piece);
    },
    taken: () => {
      room++;
      woken();
    },
    cancel: () => {
      cancelled = true;
      woken();
    },
  };
}
