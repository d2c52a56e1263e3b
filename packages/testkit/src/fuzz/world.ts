import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Schemas, Session } from "@goshawk/engine/duckdb";
import { writeTables } from "../engine/rowsParquet.ts";
import type { SmallTable } from "./tables.ts";

/** Small tables in an engine of their own. */
export interface World {
  readonly tables: readonly SmallTable[];
  readonly session: Session;
  close(): Promise<void>;
}

const limits = { memoryLimit: "1GB", threads: 1 };
const noSchemas: Schemas = { table: () => undefined, tableNames: () => [] };

export async function openWorld(tables: readonly SmallTable[]): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-fuzz-"));
  const layouts = await writeTables(tables, folder);
  const session = await Session.open({ ...limits, schemas: noSchemas, tables: layouts, folders: [`${folder}/`] });
  return {
    tables,
    session,
    close: async () => {
      session.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
