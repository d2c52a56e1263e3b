import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { type StreamingBackend, startWorkerBackend, type WorkerBackendOptions } from "@goshawk/engine";
import { plannerModule, schemasModule } from "@goshawk/store";
import { writerModule } from "../wire/writerModule.ts";
import { type FairQueue, fairQueue, type QueueLimits } from "./fairQueue.ts";

export type StoredTables = WorkerBackendOptions["tables"];
export type Engine = StreamingBackend<StoredTables[number]>;
export type Outside = Pick<WorkerBackendOptions, "functions" | "supplied" | "external" | "addresses">;

export interface PoolOptions {
  readonly storeFolder: string;
  /** A folder of this process, where queries spill. */
  readonly tempFolder: string;
  readonly outside: Outside;
  /** Queries that run at once. */
  readonly workers: number;
  /** Bytes that the queries may use together. */
  readonly memory: number;
  readonly queue: QueueLimits;
}

/** What a query may see: a version of the store's tables. */
export interface Snapshot {
  readonly version: number;
  readonly tables: StoredTables;
}

const CLOSE_MS = 5000;

interface Slot {
  readonly number: number;
  engine: Engine | undefined;
  version: number;
}

/** Engines, one query at a time each; a broken one is replaced. */
export interface EnginePool {
  /** Runs `work` with an engine over the snapshot, as soon as the client's turn comes. */
  use<T>(client: string, snapshot: Snapshot, signal: AbortSignal, work: (engine: Engine) => Promise<T>): Promise<T>;
  /** Starts an engine before somebody waits for it. */
  warm(snapshot: Snapshot): void;
  waiting(): number;
  running(): number;
  close(): Promise<void>;
}

export function enginePool(options: PoolOptions): EnginePool {
  const slots: readonly Slot[] = Array.from({ length: options.workers }, (_, number) => ({
    number,
    engine: undefined,
    version: -1,
  }));
  let meanMs = 500;
  let running = 0;
  const queue: FairQueue<Slot> = fairQueue(slots, options.queue, (waiting) =>
    Math.max(1, Math.ceil((waiting * meanMs) / 1000 / options.workers)),
  );
  return {
    warm: (snapshot) => {
      const [slot] = slots;
      if (slot !== undefined && slot.engine === undefined)
        void engineOf(slot, snapshot, options)
          .query({ text: "print 1", now: 0n })
          .catch(() => undefined);
    },
    waiting: () => queue.waiting(),
    running: () => running,
    use: async (client, snapshot, signal, work) => {
      const slot = await queue.take(client, signal);
      const started = performance.now();
      running++;
      try {
        return await work(engineOf(slot, snapshot, options));
      } finally {
        running--;
        meanMs = 0.9 * meanMs + 0.1 * (performance.now() - started);
        if (slot.engine?.isAlive() === false) slot.engine = undefined;
        queue.give(slot);
      }
    },
    close: async () => {
      await Promise.all(slots.map(({ engine }) => engine && ended(engine)));
    },
  };
}

function engineOf(slot: Slot, snapshot: Snapshot, options: PoolOptions): Engine {
  if (slot.engine?.isAlive() !== true) {
    slot.engine = startWorkerBackend({
      ...options.outside,
      tables: snapshot.tables,
      schemas: schemasModule,
      planner: plannerModule,
      writer: writerModule,
      folders: [options.storeFolder],
      tempFolder: join(options.tempFolder, String(slot.number)),
      memoryLimit: `${Math.floor(options.memory / options.workers / 2 ** 20)}MB`,
      threads: availableParallelism(),
    });
  } else if (slot.version !== snapshot.version) slot.engine.useTables(snapshot.tables);
  slot.version = snapshot.version;
  return slot.engine;
}

/** An engine that is ended in the middle of a query can bring the process down, so that it gets time to stop. */
async function ended(engine: Engine): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_MS);
  });
  await Promise.race([engine.close(), late]);
  clearTimeout(timer);
  void engine.kill();
}

/** Half of the machine's memory, and 8 GB at most. */
export function defaultMemory(): number {
  return Math.min(totalmem() / 2, 8 * 2 ** 30);
}
