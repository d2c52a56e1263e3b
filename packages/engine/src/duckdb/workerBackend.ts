import { Worker } from "node:worker_threads";
import type { Backend, QueryOutcome, QueryRequest } from "../backend.ts";
import { BackendError } from "../error.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./messages.ts";

export type WorkerBackendOptions = WorkerStart;

interface Waiting {
  readonly resolve: (outcome: QueryOutcome) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the embedded engine in a thread of its own, so that the event loop stays free while it works. */
export function startWorkerBackend(options: WorkerBackendOptions): Backend {
  const worker = new Worker(workerModule(), { workerData: options, ...flags() });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let failed: Error | undefined;
  const failAll = (error: Error): void => {
    failed = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on("message", (message: FromWorker) => settle(message, waiting));
  worker.on("error", (error) =>
    failAll(new BackendError("failed", `The engine stopped: ${error.message}`, { cause: error })),
  );
  worker.on("exit", (code) => failAll(new BackendError("failed", `The engine stopped with code ${code}.`)));
  const send = (message: ToWorker): void => worker.postMessage(message);
  return {
    query: (request: QueryRequest, signal?: AbortSignal) =>
      new Promise((resolve, reject) => {
        if (failed !== undefined) return reject(failed);
        const id = ++lastId;
        const cancel = (): void => send({ kind: "cancel", id });
        const done = (): void => signal?.removeEventListener("abort", cancel);
        waiting.set(id, {
          resolve: (outcome) => {
            done();
            resolve(outcome);
          },
          reject: (error) => {
            done();
            reject(error);
          },
        });
        send({ kind: "query", id, request });
        if (signal?.aborted === true) cancel();
        else signal?.addEventListener("abort", cancel, { once: true });
      }),
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
  else if (message.reason === "bug") entry.reject(new Error(message.message));
  else entry.reject(new BackendError(message.reason, message.message, { retry: message.retry }));
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
