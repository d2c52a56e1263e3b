import { type Backend, startWorkerBackend, type WorkerBackend, type WorkerBackendOptions } from "@goshawk/engine";

interface Kept {
  readonly key: string;
  readonly backend: WorkerBackend;
  lent: boolean;
}

/** Engines that outlive the command that started them; undefined while each command has one of its own. */
let kept: Kept[] | undefined;

/** While `work` runs, commands one after another share their engines: each sees the tables of its own time. */
export async function keepingEngines<T>(work: () => Promise<T>): Promise<T> {
  const mine: Kept[] = [];
  kept = mine;
  try {
    return await work();
  } finally {
    kept = undefined;
    await Promise.all(mine.map(({ backend }) => backend.close()));
  }
}

/** An engine over `options.tables`; one that is kept and differs in nothing else is used again. */
export function engineFor(options: WorkerBackendOptions): Backend {
  if (kept === undefined) return startWorkerBackend(options);
  const key = keyOf(options);
  const found = kept.find((item) => item.key === key && !item.lent && item.backend.isAlive());
  found?.backend.useTables(options.tables);
  const mine = found ?? { key, backend: startWorkerBackend(options), lent: true };
  mine.lent = true;
  if (found === undefined) kept.push(mine);
  return {
    query: (request, signal) => mine.backend.query(request, signal),
    close: () => {
      mine.lent = false;
      return Promise.resolve();
    },
  };
}

function keyOf({ tables: _, ...options }: WorkerBackendOptions): string {
  const given = Object.entries(options).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return JSON.stringify(given.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
