import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Schemas, Session } from "@goshawk/engine/duckdb";
import { writeRows } from "../engine/rowsParquet.ts";
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
  const layouts = [];
  for (const { schema, rows } of tables) layouts.push(await writeRows(schema, rows, folder));
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
