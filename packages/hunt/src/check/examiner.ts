import { Worker } from "node:worker_threads";
import type { Examination } from "@goshawk/kql";
import type { ExaminerStart, FromExaminer } from "./messages.ts";

/** Examines queries in threads of their own, within bounds of time and memory. */
export interface Examiner {
  /** What is known of a query, or why nothing is. */
  examine(text: string): Promise<Examination | { readonly failure: string }>;
  close(): Promise<void>;
}

export interface ExaminerOptions extends ExaminerStart {
  readonly threads: number;
  /** Milliseconds that one query may take. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;
const START_MS = 120_000;
const MOST_ROUNDS = 20;
const MEMORY_MB = 1024;

interface Job {
  readonly text: string;
  readonly done: (found: Examination | { readonly failure: string }) => void;
}

/** A thread, and the query that it has in hand. */
interface Reader {
  readonly worker: Worker;
  job: Job | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Threads are started as they are needed; one that a query brought down is replaced. */
export function startExaminer({ threads, timeoutMs = TIMEOUT_MS, ...start }: ExaminerOptions): Examiner {
  const waiting: Job[] = [];
  const readers = new Set<Reader>();
  const next = (): void => {
    if (waiting.length === 0) return;
    const idle = [...readers].find((reader) => reader.job === undefined);
    const reader = idle ?? (readers.size < threads ? started() : undefined);
    const job = reader === undefined ? undefined : waiting.shift();
    if (reader === undefined || job === undefined) return;
    reader.job = job;
    reader.timer = setTimeout(() => stop(reader, "its reader doesn't start"), START_MS);
    reader.worker.postMessage({ text: job.text });
  };
  const settle = (reader: Reader, found: Examination | { readonly failure: string }): void => {
    const { job } = reader;
    clearTimeout(reader.timer);
    reader.job = undefined;
    job?.done(found);
    next();
  };
  /** A thread that only starts, on a busy machine, is no query's fault. */
  const begin = (reader: Reader): void => {
    clearTimeout(reader.timer);
    const before = process.cpuUsage();
    let rounds = 0;
    // On a busy machine a thread waits for its turn: only time that this process had can have been its own.
    const due = (): void => {
      const { user, system } = process.cpuUsage(before);
      const had = (user + system) / 1000;
      if (had < timeoutMs && ++rounds < MOST_ROUNDS) reader.timer = setTimeout(due, Math.max(100, timeoutMs - had));
      else stop(reader, `it took more than ${timeoutMs / 1000} s to read`);
    };
    reader.timer = setTimeout(due, timeoutMs);
  };
  const stop = (reader: Reader, failure: string): void => {
    readers.delete(reader);
    void reader.worker.terminate();
    settle(reader, { failure });
  };
  const started = (): Reader => {
    const worker = new Worker(workerModule(), {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      ...flags(),
    });
    const reader: Reader = { worker, job: undefined, timer: undefined };
    worker.on("message", (message: FromExaminer) => {
      if ("begun" in message) begin(reader);
      else settle(reader, "examination" in message ? message.examination : message);
    });
    worker.on("error", (error) => stop(reader, outOfMemory(error)));
    readers.add(reader);
    return reader;
  };
  return {
    examine: (text) =>
      new Promise((done) => {
        waiting.push({ text, done });
        next();
      }),
    close: async () => {
      await Promise.all([...readers].map(({ worker }) => worker.terminate()));
    },
  };
}

function outOfMemory(error: Error): string {
  const isMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  return isMemory ? `it took more than ${MEMORY_MB} MB to read` : error.message;
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
