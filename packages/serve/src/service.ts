import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { StoredFunction } from "@goshawk/kql";
import { openStore, type Store } from "@goshawk/store";
import { type Answers, answersOf } from "./engines/answers.ts";
import { defaultMemory, type EnginePool, enginePool, type Outside } from "./engines/pool.ts";
import { type RunningQueries, runningQueries } from "./engines/running.ts";
import { openTables, type Tables } from "./engines/tables.ts";
import { type Metrics, metricsOf } from "./http/metrics.ts";

/** What queries may use. */
export interface Limits {
  /** Queries that run at once. */
  readonly workers: number;
  /** Bytes that they may use together. */
  readonly memory: number;
  readonly waiting: number;
  readonly waitingEach: number;
  /** The time that a query gets when it asks for none, and the most that it can ask for. */
  readonly timeoutMs: number;
  readonly longestMs: number;
  /** A client that takes nothing of its answer, or sends nothing of its upload, for so long is given up. */
  readonly stallMs: number;
  /** Bytes of one answer. */
  readonly answerBytes: number;
  /** Bytes of one upload. */
  readonly uploadBytes: number;
  /** Uploads that may come or wait at once. */
  readonly uploads: number;
  /** Hunts that may run at once. */
  readonly hunts: number;
}

export const defaultLimits: Limits = {
  workers: Math.max(2, Math.min(4, availableParallelism())),
  memory: defaultMemory(),
  waiting: 256,
  waitingEach: 128,
  timeoutMs: 4 * 60_000,
  longestMs: 60 * 60_000,
  stallMs: 60_000,
  answerBytes: 16 * 2 ** 30,
  uploadBytes: 4 * 2 ** 30,
  uploads: 32,
  hunts: 16,
};

export interface ServiceOptions {
  readonly storeFolder: string;
  readonly outside?: Outside;
  readonly limits?: Partial<Limits>;
  /** What `now()` says: ticks, the newest event, or (absent) the clock. */
  readonly now?: bigint | "latest";
  /** What databases are called here. */
  readonly database?: string;
  readonly version?: string;
}

/** All that the routes work with. */
export interface Service {
  readonly store: Store;
  readonly tables: Tables;
  readonly pool: EnginePool;
  readonly running: RunningQueries;
  readonly answers: Answers;
  readonly metrics: Metrics;
  readonly limits: Limits;
  readonly functions: readonly StoredFunction[];
  /** What queries may use beside the store. */
  readonly outside: Outside;
  readonly database: string;
  readonly version: string;
  readonly now: bigint | "latest" | undefined;
  close(): Promise<void>;
}

export async function openService(options: ServiceOptions): Promise<Service> {
  const limits = { ...defaultLimits, ...options.limits };
  const store = await openStore(options.storeFolder);
  const tables = await openTables(store);
  const tempFolder = await mkdtemp(join(tmpdir(), "goshawk-serve-"));
  const running = runningQueries();
  const pool = enginePool({
    storeFolder: store.folder,
    tempFolder,
    outside: options.outside ?? {},
    workers: limits.workers,
    memory: limits.memory,
    queue: limits,
  });
  const metrics = metricsOf(pool);
  return {
    store,
    metrics,
    tables,
    pool,
    running,
    answers: answersOf(pool, tables, running, metrics, limits),
    limits,
    functions: options.outside?.functions ?? [],
    outside: options.outside ?? {},
    database: options.database ?? "Hunt",
    version: options.version ?? "0.1.0",
    now: options.now,
    close: async () => {
      running.cancelAll();
      await pool.close();
      await tables.close();
      await rm(tempFolder, { recursive: true, force: true });
    },
  };
}
