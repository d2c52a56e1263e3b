import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Cell, ResultTable } from "@goshawk/engine";
import { Session } from "@goshawk/engine/duckdb";
import type { IngestOptions, IngestReport } from "../src/ingest/ingest.ts";
import { ingest } from "../src/ingest/ingest.ts";
import { openPlanner } from "../src/planner.ts";
import * as schemas from "../src/schemas.ts";
import type { Receipt } from "../src/store/receipt.ts";
import type { StoredColumn } from "../src/store/snapshot.ts";
import { openStore, type Store } from "../src/store/store.ts";

/** A folder and a store in it, for one test. */
export interface Workshop {
  readonly folder: string;
  readonly store: Store;
  /** Writes a file and answers with its path. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  ingest(paths: string | readonly string[], options?: Partial<IngestOptions>): Promise<IngestReport>;
  /** Ingests one made-up file and answers with its receipt. */
  take(name: string, content: string | Uint8Array, options?: Partial<IngestOptions>): Promise<Receipt>;
  /** Ingests one made-up file that has to fail, and answers with the message. */
  refuse(name: string, content: string | Uint8Array, options?: Partial<IngestOptions>): Promise<string>;
  query(kql: string): Promise<ResultTable>;
  rows(kql: string): Promise<readonly (readonly Cell[])[]>;
}

const folders: string[] = [];

export async function workshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-store-"));
  folders.push(folder);
  const store = await openStore(join(folder, "store"));
  const file: Workshop["file"] = async (name, content) => {
    const path = join(folder, "in", name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  };
  const run: Workshop["ingest"] = (paths, options = {}) =>
    ingest(typeof paths === "string" ? [paths] : paths, { store, ...options });
  const query: Workshop["query"] = (kql) => ask(store, kql);
  return {
    folder,
    store,
    file,
    ingest: run,
    take: async (name, content, options) => {
      const { stored, failed } = await run(await file(name, content), options);
      const [receipt] = stored;
      if (receipt === undefined) throw new Error(failed[0]?.message ?? "nothing was stored");
      return receipt;
    },
    refuse: async (name, content, options) => {
      const { stored, failed } = await run(await file(name, content), options);
      if (stored.length > 0) throw new Error(`stored as ${stored[0]?.tables.map((table) => table.table).join(", ")}`);
      return failed[0]?.message ?? "";
    },
    query,
    rows: async (kql) => (await query(kql)).rows,
  };
}

/** Removes the folders of all workshops. */
export async function tidy(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

/** What no query of a user names, but a test may. */
const hidden: readonly StoredColumn[] = [
  { name: "_source", type: "string", physical: "_source", complete: true },
  { name: "_line", type: "long", physical: "_line", complete: true },
  { name: "_unconverted", type: "dynamic", physical: "_unconverted", complete: true },
];

export async function ask(store: Store, kql: string): Promise<ResultTable> {
  const tables = (await store.snapshot()).tables.map((table) => ({ ...table, columns: [...table.columns, ...hidden] }));
  const session = await Session.open({ schemas, openPlanner, tables, folders: [`${store.folder}/`] });
  try {
    const outcome = await session.run({ text: kql, now: 0n });
    if (!outcome.ok) throw new Error(outcome.diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
    return outcome.table;
  } finally {
    session.close();
  }
}
