import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { type Backend, startWorkerBackend, type WorkerBackend, type WorkerBackendOptions } from "@goshawk/engine";
import { catalogueTable, plannerModule, type StoreSnapshot, schemasModule } from "@goshawk/store";
import { engineFor } from "./keptEngine.ts";
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

/** Starting an engine takes seconds: so many rules make another one worth it. */
const RULES_AN_ENGINE = 40;
/** Each keeps the parser in memory. */
const MOST_ENGINES = 4;

/** What an engine may take of the machine. */
interface EngineLimits {
  readonly share?: number;
  /** In the engine's words, such as 2GB, where it is not the share. */
  readonly memory?: string;
}

/** Engines over what is stored now, as many as pay for so many rules; who closes them lets go of the tables. */
export function openBackends(
  { snapshot, folder, folders }: Tables,
  outside: Outside,
  rules: number,
  memory?: string,
): readonly Backend[] {
  const count = Math.max(1, Math.min(availableParallelism(), MOST_ENGINES, Math.floor(rules / RULES_AN_ENGINE)));
  const limits = { share: 1 / count, ...(memory === undefined ? {} : { memory }) };
  return Array.from({ length: count }, () => backendOver(folder, snapshot.tables, outside, folders, limits));
}

/**
 * An engine over the tables of one snapshot; it may read below the store's folder, and below `folders`, and take a `share`
 * of the machine.
 */
export function backendOver(
  folder: string,
  tables: WorkerBackendOptions["tables"],
  outside: Outside = {},
  folders: readonly string[] = [],
  { share = 1, memory }: EngineLimits = {},
): Backend {
  return engineFor({
    ...outside,
    tables,
    schemas: schemasModule,
    planner: plannerModule,
    folders: [folder, ...folders.map((one) => `${one}/`)],
    tempFolder: join(folder, "tmp"),
    memoryLimit: memory ?? `${Math.floor((share * Math.min(totalmem() / 2, 8 * 2 ** 30)) / 2 ** 20)}MB`,
    threads: Math.max(1, Math.round(share * availableParallelism())),
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
