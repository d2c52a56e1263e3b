import type { AnswerPiece, StreamOutcome } from "../backend.ts";
import { BackendError } from "../error.ts";
import { leavable } from "../leavable.ts";
import type { FromWorker } from "./messages.ts";

/** The reading end of one streamed answer. */
export interface Inbox {
  /** Takes a message of the worker; true when it was the last one. */
  take(message: FromWorker): boolean;
  fail(error: Error): void;
  /** What is known before the first row; rejects when the query fails before it. */
  outcome(): Promise<StreamOutcome>;
  /** Called once nothing more will come. */
  onEnd(call: () => void): void;
}

export function openInbox(worker: { more(): void; cancel(): void }): Inbox {
  const head = later<StreamOutcome>();
  const pieces: AnswerPiece[] = [];
  let ended: { readonly error?: Error } | undefined;
  let wake = later<void>();
  let afterEnd: (() => void) | undefined;
  const end = (error?: Error): true => {
    ended ??= error === undefined ? {} : { error };
    if (error !== undefined) head.reject(error);
    wake.resolve();
    afterEnd?.();
    return true;
  };
  async function* read(): AsyncGenerator<AnswerPiece, void, undefined> {
    for (;;) {
      const piece = pieces.shift();
      if (piece !== undefined) {
        yield piece;
        worker.more();
      } else if (ended === undefined) {
        await wake.promise;
        wake = later<void>();
      } else if (ended.error !== undefined) throw ended.error;
      else return;
    }
  }
  const left = (): void => {
    if (ended === undefined) worker.cancel();
  };
  return {
    take: (message) => {
      switch (message.kind) {
        case "head":
          head.resolve(message.head.ok ? { ...message.head, pieces: leavable(read(), left) } : message.head);
          return false;
        case "piece":
          pieces.push(message.piece);
          wake.resolve();
          return false;
        case "done":
          return end();
        case "failure":
          return end(failureOf(message));
        case "answer":
          return false;
      }
    },
    fail: (error) => void end(error),
    outcome: () => head.promise,
    onEnd: (call) => {
      afterEnd = call;
      if (ended !== undefined) call();
    },
  };
}

/** What the worker reports as an error of this thread. */
export function failureOf(message: Extract<FromWorker, { readonly kind: "failure" }>): Error {
  if (message.reason === "bug") return new Error(message.message);
  return new BackendError(message.reason, message.message, { retry: message.retry, diagnostic: message.diagnostic });
}

interface Later<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function later<T>(): Later<T> {
  let settle: Omit<Later<T>, "promise"> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) };
}
