import { openStore, type StoreSnapshot } from "@goshawk/store";
import { forTerminal } from "./output/escape.ts";
import type { Terminal } from "./terminal.ts";

/** What queries read: the store, and folders of Parquet files beside it. */
export interface Tables {
  readonly snapshot: StoreSnapshot;
  /** The store's folder. */
  readonly folder: string;
  /** The folders of Parquet files. */
  readonly folders: readonly string[];
  release(): Promise<void>;
}

/** Opens the store and the folders; a table of a folder takes the place of the store's of that name, and that is said. */
export async function openTables(storeFolder: string, parquet: readonly string[], terminal: Terminal): Promise<Tables> {
  const store = await openStore(storeFolder);
  const { snapshot, release } = await store.read();
  if (parquet.length === 0) return { snapshot, folder: store.folder, folders: [], release };
  const { openParquetFolder } = await import("@goshawk/store/parquet");
  const tables = new Map(snapshot.tables.map((table) => [table.name, table] as const));
  const opened: string[] = [];
  try {
    for (const path of parquet) {
      const { folder, tables: found, notes } = await openParquetFolder(path);
      for (const note of notes) terminal.note(`${forTerminal(folder)}: ${forTerminal(note)}`);
      for (const table of found) {
        if (tables.has(table.name))
          terminal.note(
            `${forTerminal(table.name)} is read from ${forTerminal(folder)}, and not from the store or a folder before`,
          );
        tables.set(table.name, table);
      }
      opened.push(folder);
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { snapshot: { ...snapshot, tables: [...tables.values()] }, folder: store.folder, folders: opened, release };
}
