import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "@goshawk/engine/duckdb";
import { table, tableNames } from "@goshawk/store/schemas";
import { writeGeneratedTable } from "./generatedTable.mjs";

const limits = { memoryLimit: "2GB", threads: 2 };

/** All tables of the catalogue, without rows. */
export function everySession() {
  return Session.open({ ...limits, schemas: { table, tableNames }, tables: [] });
}

/** The tables called `names` with `count` generated rows each. */
export async function generatedSession(names, count) {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-rules-"));
  const tables = [];
  for (const name of names) {
    const schema = table(name);
    if (schema !== undefined && schema.columns.length > 0)
      tables.push(await writeGeneratedTable(schema, count, folder));
  }
  const session = await Session.open({ ...limits, folders: [folder], schemas: { table, tableNames }, tables });
  const dispose = async () => {
    session.close();
    await rm(folder, { recursive: true });
  };
  return { session, dispose };
}
