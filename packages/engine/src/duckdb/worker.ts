import { parentPort, workerData } from "node:worker_threads";
import { type ColumnSchema, InvariantError, loadParser } from "@goshawk/kql";
import type { AnswerPiece, RowsWriter } from "../backend.ts";
import { BackendError } from "../error.ts";
import type { LocateAddress, ReadExternal, Schemas, SessionOptions } from "./layouts.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./messages.ts";
import { type Outbox, outbox } from "./outbox.ts";
import { Session } from "./session.ts";

/** The worker thread that owns the parser and DuckDB: one query at a time, in the order in which they came. */
const start = workerData as WorkerStart;
const port = parentPort;
if (port === null) throw new Error("this module runs in a worker thread only");
const { schemas: schemasModule, planner, writer, external, addresses, ...options } = start;
const schemas = (await import(schemasModule)) as Schemas;
const opening = Session.open({
  ...options,
  schemas,
  ...(await plannerOf(planner)),
  ...(await externalOf(external)),
  ...(await addressesOf(addresses)),
});
// The parser loads on this thread while DuckDB opens on its own.
loadParser();

const cancelled = new Set<number>();
let running: number | undefined;
let sending: Outbox | undefined;
let interrupting: NodeJS.Timeout | undefined;
let queue: Promise<void> = Promise.resolve();

port.on("message", (message: ToWorker) => {
  switch (message.kind) {
    case "query":
    case "stream":
      queue = queue.then(() => answer(message));
      return;
    case "more":
      if (running === message.id) sending?.taken();
      return;
    case "tables":
      queue = queue.then(() => use("tables", async () => (await opening).useTables(message.tables)));
      return;
    case "values":
      queue = queue.then(() => use("values", async () => (await opening).useValues(message.tables)));
      return;
    case "cancel":
      cancelled.add(message.id);
      if (running === message.id) void stop();
      return;
    case "close":
      queue = queue.then(async () => {
        (await opening).close();
        port.close();
      });
  }
});

async function plannerOf(module: WorkerStart["planner"]): Promise<Pick<SessionOptions, "openPlanner">> {
  if (module === undefined) return {};
  return (await import(module)) as Required<Pick<SessionOptions, "openPlanner">>;
}

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

type OpenWriter = (form: unknown, columns: readonly (readonly ColumnSchema[])[]) => RowsWriter;

async function writerOf(form: unknown): Promise<OpenWriter | undefined> {
  if (form === undefined) return undefined;
  if (writer === undefined) throw new InvariantError("rows were to be written by a backend that has no writer");
  return ((await import(writer)) as { readonly openWriter: OpenWriter }).openWriter;
}

/** An interrupt between two steps of a query is lost, hence again and again. */
async function stop(): Promise<void> {
  const session = await opening;
  const id = running;
  if (id === undefined || !cancelled.has(id)) return;
  sending?.cancel();
  session.interrupt();
  interrupting ??= setInterval(() => session.interrupt(), 50);
}

/** Tables that could not be put in place: queries fail until others are. */
const unusable = new Map<"tables" | "values", unknown>();

async function use(what: "tables" | "values", put: () => Promise<void>): Promise<void> {
  try {
    await put();
    unusable.delete(what);
  } catch (error) {
    unusable.set(what, error);
  }
}

const reply = (content: FromWorker): void => port.postMessage(content);

async function answer(message: Extract<ToWorker, { readonly kind: "query" | "stream" }>): Promise<void> {
  const { id } = message;
  try {
    throwIfCancelled(id);
    for (const error of unusable.values()) throw error;
    running = id;
    if (message.kind === "stream") await streamed(message);
    else reply({ kind: "answer", id, outcome: await (await opening).run(message.request) });
  } catch (error) {
    const known = error instanceof BackendError;
    const text = error instanceof Error ? error.message : String(error);
    const reason = known ? error.kind : "bug";
    const diagnostic = known ? error.diagnostic : undefined;
    reply({ kind: "failure", id, reason, message: text, retry: known && error.retry, diagnostic });
  } finally {
    running = undefined;
    clearInterval(interrupting);
    interrupting = undefined;
    cancelled.delete(id);
  }
}

async function streamed({ id, request }: Extract<ToWorker, { readonly kind: "stream" }>): Promise<void> {
  const open = await writerOf(request.form);
  let write: RowsWriter | undefined;
  const box = outbox((piece) => post(id, piece));
  sending = box;
  try {
    const session = await opening;
    await session.stream(
      request,
      (head) => {
        throwIfCancelled(id);
        if (head.ok) write = open?.(request.form, head.columns);
        reply({ kind: "head", id, head });
      },
      (piece, signal) => box.send(write === undefined ? piece : written(piece, write), signal),
    );
    reply({ kind: "done", id });
  } finally {
    sending = undefined;
  }
}

function written(piece: AnswerPiece, write: RowsWriter): AnswerPiece {
  return piece.kind === "rows" ? { kind: "written", table: piece.table, ...write(piece.table, piece.rows) } : piece;
}

/** Bytes change hands; rows are copied. */
function post(id: number, piece: AnswerPiece): void {
  const message: FromWorker = { kind: "piece", id, piece };
  if (piece.kind === "written") port?.postMessage(message, [piece.bytes.buffer as ArrayBuffer]);
  else reply(message);
}

function throwIfCancelled(id: number): void {
  if (cancelled.has(id)) throw new BackendError("cancelled", "The query was cancelled.");
}
