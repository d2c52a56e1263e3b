import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, type DuckDBConnection, openDatabase } from "../src/duckdb/index.ts";

let folder = "";
let database: Database;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-lockdown-"));
  await writeFile(join(folder, "secret.csv"), "a\n1\n");
  database = await openDatabase({ folders: [`${join(folder, "allowed")}/`] });
  connection = await database.connect();
});

afterAll(async () => {
  connection.closeSync();
  database.close();
  await rm(folder, { recursive: true, force: true });
});

describe("SQL that reaches the engine reaches nothing else", () => {
  test.each([
    ["a file outside", () => `select * from read_csv('${folder}/secret.csv')`],
    ["a file through ..", () => `select * from read_csv('${folder}/allowed/../secret.csv')`],
    ["a text file", () => `select * from read_text('${folder}/secret.csv')`],
    ["a folder's names", () => `select * from glob('${folder}/*')`],
    ["writing a file", () => `copy (select 1) to '${folder}/out.csv'`],
    ["another database", () => `attach '${folder}/other.duckdb'`],
    ["an extension", () => "install httpfs"],
    ["loading an extension", () => "load httpfs"],
    ["the network", () => "select * from read_csv('http://127.0.0.1:9/x.csv')"],
    ["the configuration", () => "set enable_external_access = true"],
    ["the memory limit", () => "set memory_limit = '100GB'"],
    ["a secret", () => "create secret s (type s3)"],
  ])("not %s", async (_what, sql) => {
    await expect(connection.run(sql())).rejects.toThrow();
  });
});
