import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { type Backend, startWorkerBackend, type WorkerBackend, type WorkerBackendOptions } from "@goshawk/engine";
import { catalogueTable, plannerModule, type StoreSnapshot, schemasModule } from "@goshawk/store";
import type { Outside } from "./outside.ts";
import type { Tables } from "./tables.ts";

/** An engine over what is stored now, and the names of the tables with rows. */
export function openBackend(
  { snapshot, folder, folders, release }: Tables,
  outside: Outside = {},
): { readonly backend: Backend; readonly stored: ReadonlySet<string> } {
  const backend = backendOver(folder, snapshot.tables, outside, folders);
  return { backend: closingWith(backend, release), stored: new Set(snapshot.tables.map((table) => table.name)) };
}

/** A backend that lets go of what it reads when it is closed. */
export function closingWith(backend: Backend, release: () => Promise<void>): Backend {
  return {
    query: (request, signal) => backend.query(request, signal),
    close: async () => {
      await backend.close();
      await release();
    },
  };
}

/** An engine over the tables of one snapshot; it may read below the store's folder, and below `folders`. */
export function backendOver(
  folder: string,
  tables: WorkerBackendOptions["tables"],
  outside: Outside = {},
  folders: readonly string[] = [],
): Backend {
  return startWorkerBackend({
    ...outside,
    tables,
    schemas: schemasModule,
    planner: plannerModule,
    folders: [folder, ...folders.map((one) => `${one}/`)],
    tempFolder: join(folder, "tmp"),
    memoryLimit: `${Math.floor(Math.min(totalmem() / 2, 8 * 2 ** 30) / 2 ** 20)}MB`,
    threads: availableParallelism(),
  });
}

/** Which column says when the events of a table happened. */
export function eventTimeIn(snapshot: StoreSnapshot): (table: string) => string {
  const stored = new Map(snapshot.tables.map((table) => [table.name, table.eventTime]));
  return (table) => {
    const columns = catalogueTable(table)?.columns.map((column) => column.name) ?? [];
    return (
      ["Timestamp", "TimeGenerated"].find((name) => columns.includes(name)) ?? stored.get(table) ?? "TimeGenerated"
    );
  };
}

/** An engine without a store, whose tables are given as values. */
export function valuesBackend(outside: Outside = {}): WorkerBackend {
  return startWorkerBackend({ ...outside, tables: [], schemas: schemasModule, memoryLimit: "1GB", threads: 1 });
}
