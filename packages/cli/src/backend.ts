import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { type Backend, startWorkerBackend, type WorkerBackendOptions } from "@goshawk/engine";
import { openStore, schemasModule } from "@goshawk/store";

/** An engine over what the store holds now; a store that is not there yet is empty. */
export async function openBackend(folder: string): Promise<Backend> {
  const store = await openStore(folder);
  return backendOver(store.folder, (await store.snapshot()).tables);
}

/** An engine over the tables of one snapshot. */
export function backendOver(folder: string, tables: WorkerBackendOptions["tables"]): Backend {
  return startWorkerBackend({
    tables,
    schemas: schemasModule,
    folders: [folder],
    tempFolder: join(folder, "tmp"),
    memoryLimit: `${Math.floor(Math.min(totalmem() / 2, 8 * 2 ** 30) / 2 ** 20)}MB`,
    threads: availableParallelism(),
  });
}
