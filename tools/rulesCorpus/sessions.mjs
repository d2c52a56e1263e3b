import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "@goshawk/engine/duckdb";
import { table, tableNames } from "@goshawk/store/schemas";
import { unusualRows, writeTables } from "@goshawk/testkit";
import { emptyFiles, noPlace, serviceFunctions, suppliedSchemas } from "./supplied.mjs";

const SEED = 7;
const limits = { memoryLimit: "2GB", threads: 2 };

/** A session and what it learns about watchlists; nothing to learn where nothing was supplied. */
async function opened(more, functions) {
  if (functions === undefined) {
    const session = await Session.open({ ...limits, schemas: { table, tableNames }, ...more });
    return { session, learn: undefined, forget: () => {} };
  }
  const { schemas, learn, forget } = suppliedSchemas();
  const outside = { functions: [...functions, ...serviceFunctions], external: emptyFiles, locateAddress: noPlace };
  const session = await Session.open({ ...limits, schemas, ...outside, ...more });
  return { session, learn, forget };
}

/** All tables of the catalogue, without rows; with `functions`, what rules expect from outside as well. */
export async function everySession(functions) {
  const found = await opened({ tables: [] }, functions);
  return { ...found, dispose: async () => found.session.close() };
}

/** The tables called `names` with `count` generated rows each. */
export async function generatedSession(names, count, functions) {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-rules-"));
  const schemas = names.map(table).filter((schema) => schema !== undefined && schema.columns.length > 0);
  const generated = function* () {
    for (const schema of new Set(schemas)) yield { schema, rows: unusualRows(schema, count, SEED) };
  };
  const tables = await writeTables(generated(), folder);
  const found = await opened({ folders: [folder], tables }, functions);
  const dispose = async () => {
    found.session.close();
    await rm(folder, { recursive: true });
  };
  return { ...found, dispose };
}
