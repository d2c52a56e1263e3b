import { parentPort, workerData } from "node:worker_threads";
import { loadParser } from "@goshawk/kql";
import { BackendError } from "../error.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./messages.ts";
import { type LocateAddress, type ReadExternal, type Schemas, Session, type SessionOptions } from "./session.ts";

/** The worker thread that owns the parser and DuckDB: one query at a time, in the order in which they came. */
const start = workerData as WorkerStart;
const port = parentPort;
if (port === null) throw new Error("this module runs in a worker thread only");
const { schemas: schemasModule, external, addresses, ...options } = start;
const schemas = (await import(schemasModule)) as Schemas;
const opening = Session.open({
  ...options,
  schemas,
  ...(await externalOf(external)),
  ...(await addressesOf(addresses)),
});
// The parser loads on this thread while DuckDB opens on its own.
loadParser();

const cancelled = new Set<number>();
let running: number | undefined;
let queue: Promise<void> = Promise.resolve();

port.on("message", (message: ToWorker) => {
  switch (message.kind) {
    case "query":
      queue = queue.then(() => answer(message));
      return;
    case "cancel":
      cancelled.add(message.id);
      if (running === message.id) void opening.then((session) => session.interrupt());
      return;
    case "close":
      queue = queue.then(async () => {
        (await opening).close();
        port.close();
      });
  }
});

async function externalOf(of: WorkerStart["external"]): Promise<Pick<SessionOptions, "external">> {
  if (of === undefined) return {};
  const module = (await import(of.module)) as { openExternal(options: unknown): ReadExternal };
  return { external: module.openExternal(of.options) };
}

async function addressesOf(of: WorkerStart["addresses"]): Promise<Pick<SessionOptions, "locateAddress">> {
  if (of === undefined) return {};
  const module = (await import(of.module)) as { openAddresses(options: unknown): LocateAddress };
  return { locateAddress: module.openAddresses(of.options) };
}

async function answer(message: Extract<ToWorker, { readonly kind: "query" }>): Promise<void> {
  const reply = (content: FromWorker): void => port?.postMessage(content);
  const { id } = message;
  try {
    if (cancelled.has(id)) throw new BackendError("cancelled", "The query was cancelled.");
    running = id;
    reply({ kind: "answer", id, outcome: await (await opening).run(message.request) });
  } catch (error) {
    const known = error instanceof BackendError;
    const text = error instanceof Error ? error.message : String(error);
    reply({ kind: "failure", id, reason: known ? error.kind : "bug", message: text, retry: known && error.retry });
  } finally {
    running = undefined;
    cancelled.delete(id);
  }
}
