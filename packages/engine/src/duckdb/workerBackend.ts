import { Worker } from "node:worker_threads";
import type { QueryOutcome, StreamingBackend } from "../backend.ts";
import { BackendError } from "../error.ts";
import { failureOf, type Inbox, openInbox } from "./inbox.ts";
import type { StoredTableLayout } from "./layouts.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./messages.ts";
import type { ValueTable } from "./valueTables.ts";

export type WorkerBackendOptions = WorkerStart;

interface Waiting {
  readonly resolve: (outcome: QueryOutcome) => void;
  readonly reject: (error: Error) => void;
}

/** The embedded engine in a thread of its own. */
export interface WorkerBackend extends StreamingBackend<StoredTableLayout> {
  /** Queries after this one read these tables from their values, whatever is stored under their names. */
  useValues(tables: readonly ValueTable[]): void;
}

/** Starts the embedded engine in a thread of its own, so that the event loop stays free while it works. */
export function startWorkerBackend(options: WorkerBackendOptions): WorkerBackend {
  const worker = new Worker(workerModule(), { workerData: options, ...flags() });
  const waiting = new Map<number, Waiting>();
  const streams = new Map<number, Inbox>();
  let lastId = 0;
  let failed: Error | undefined;
  const failAll = (error: Error): void => {
    failed ??= error;
    for (const { reject } of waiting.values()) reject(error);
    for (const inbox of streams.values()) inbox.fail(error);
    waiting.clear();
    streams.clear();
  };
  const send = (message: ToWorker): void => worker.postMessage(message);
  worker.on("message", (message: FromWorker) => {
    const inbox = streams.get(message.id);
    if (inbox === undefined) return settle(message, waiting);
    if (inbox.take(message)) streams.delete(message.id);
  });
  worker.on("error", (error) =>
    failAll(new BackendError("failed", `The engine stopped: ${error.message}`, { cause: error })),
  );
  worker.on("exit", (code) => failAll(new BackendError("failed", `The engine stopped with code ${code}.`)));
  /** Sends a request that `signal` can cancel; answers with what lets go of the signal. */
  const cancellable = (id: number, signal: AbortSignal | undefined): (() => void) => {
    const cancel = (): void => send({ kind: "cancel", id });
    if (signal?.aborted === true) cancel();
    else signal?.addEventListener("abort", cancel, { once: true });
    return () => signal?.removeEventListener("abort", cancel);
  };
  return {
    query: async (request, signal) => {
      if (failed !== undefined) throw failed;
      const id = ++lastId;
      const outcome = new Promise<QueryOutcome>((resolve, reject) => waiting.set(id, { resolve, reject }));
      send({ kind: "query", id, request });
      const done = cancellable(id, signal);
      return outcome.finally(done);
    },
    stream: async (request, signal) => {
      if (failed !== undefined) throw failed;
      const id = ++lastId;
      const inbox = openInbox({
        more: () => send({ kind: "more", id }),
        cancel: () => send({ kind: "cancel", id }),
      });
      streams.set(id, inbox);
      send({ kind: "stream", id, request });
      inbox.onEnd(cancellable(id, signal));
      return inbox.outcome();
    },
    useTables: (tables) => send({ kind: "tables", tables }),
    useValues: (tables) => send({ kind: "values", tables }),
    kill: async () => {
      // A thread inside the engine ends only when the engine lets it; nobody waits for that.
      failAll(new BackendError("failed", "The engine was ended."));
      await worker.terminate();
    },
    isAlive: () => failed === undefined,
    close: () =>
      new Promise((resolve) => {
        if (failed !== undefined) return resolve();
        worker.once("exit", () => resolve());
        send({ kind: "close" });
      }),
  };
}

function settle(message: FromWorker, waiting: Map<number, Waiting>): void {
  const entry = waiting.get(message.id);
  waiting.delete(message.id);
  if (entry === undefined) return;
  if (message.kind === "answer") entry.resolve(message.outcome);
  else if (message.kind === "failure") entry.reject(failureOf(message));
}

/** Node can't run TypeScript in a worker on every version we support, so from source the built worker serves. */
function workerModule(): URL {
  const here = new URL("./worker.js", import.meta.url);
  return import.meta.url.endsWith(".ts") ? new URL(here.href.replace("/src/", "/dist/")) : here;
}

/** A test runner that reads our sources tells Node so by flags, which must not reach the built worker. */
function flags(): { readonly execArgv?: string[] } {
  return import.meta.url.endsWith(".ts") ? { execArgv: [] } : {};
}
