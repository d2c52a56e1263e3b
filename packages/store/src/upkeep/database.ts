import { availableParallelism, totalmem } from "node:os";
import { type DuckDBConnection, openDatabase } from "@goshawk/engine/database";
import type { Store } from "../store/store.ts";

/** Runs `work` with an engine that reaches the store's folder alone; the signal stops what it runs. */
export async function withDatabase<T>(
  store: Store,
  tempFolder: string,
  signal: AbortSignal | undefined,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({
    folders: [`${store.folder}/`],
    tempFolder,
    memoryLimit: `${Math.floor(Math.min(totalmem() / 2, 3 * 2 ** 30) / 2 ** 20)}MB`,
    threads: availableParallelism(),
  });
  const connection = await database.connect();
  const stop = (): void => connection.interrupt();
  signal?.addEventListener("abort", stop);
  try {
    return await work(connection);
  } finally {
    signal?.removeEventListener("abort", stop);
    connection.closeSync();
    database.close();
  }
}
