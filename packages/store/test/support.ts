import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "@goshawk/engine/duckdb";
import { openStore, type Store } from "../src/index.ts";
import { type IngestReport, ingest } from "../src/ingest/index.ts";
import { openPlanner } from "../src/planner.ts";
import { table, tableNames } from "../src/schemas.ts";

/** A store in a folder of its own, gone when the test ends. */
export interface Bench {
  readonly folder: string;
  readonly store: Store;
  file(name: string, content: string | Buffer): Promise<string>;
  ingest(...paths: readonly string[]): Promise<IngestReport>;
  /** Rows of a KQL query over what is stored. */
  rows(kql: string): Promise<readonly (readonly (string | null)[])[]>;
  remove(): Promise<void>;
}

export async function bench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-store-"));
  const store = await openStore(join(folder, "store"));
  return {
    folder,
    store,
    file: async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    ingest: (...paths) => ingest(paths, { store }),
    rows: async (kql) => {
      const { tables } = await store.snapshot();
      const session = await Session.open({
        schemas: { table, tableNames },
        openPlanner,
        tables,
        folders: [`${store.folder}/`],
        threads: 1,
      });
      try {
        const outcome = await session.run({ text: kql, now: 0n });
        if (!outcome.ok) throw new Error(outcome.diagnostics.map((item) => item.message).join("\n"));
        return outcome.table.rows;
      } finally {
        session.close();
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
