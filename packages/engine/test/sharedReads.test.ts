import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, type DuckDBConnection, openDatabase } from "../src/duckdb/database.ts";
import { type RepeatedRead, type SharedReads, sharedReads } from "../src/duckdb/sharedReads.ts";

let database: Database;
let connection: DuckDBConnection;

beforeAll(async () => {
  database = await openDatabase({ threads: 1 });
  connection = await database.connect();
});

afterAll(() => {
  connection.closeSync();
  database.close();
});

const ROWS = 50_000;

function read(text: string, ...columns: readonly string[]): RepeatedRead {
  return { sql: `select i as a, ${text} || i as b from range(${ROWS}) r(i)`, columns, rows: ROWS };
}

async function sumOf(relation: string | undefined): Promise<unknown> {
  if (relation === undefined) return undefined;
  const reader = await connection.runAndReadAll(`select sum(a) from "${relation}"`);
  return String(reader.getRows()[0]?.[0]);
}

/** Twice, which is not yet worth a copy. */
async function before(shared: SharedReads, ...reads: readonly RepeatedRead[]): Promise<void> {
  for (const each of [...reads, ...reads]) expect(await shared.relation(each)).toBeUndefined();
}

test("a read that comes once or twice is left alone, one that comes again is copied, and the copy serves fewer columns", async () => {
  const shared = sharedReads(connection, { bytes: 2 ** 28 });
  await before(shared, read("'x'", "a", "b"));
  const copy = await shared.relation(read("'x'", "b", "a"));
  expect(await sumOf(copy)).toBe("1249975000");
  expect(await shared.relation(read("'x'", "a"))).toBe(copy);
  // A column that others don't read makes no copy of its own.
  await before(shared, read("'y'", "a"));
  expect(await shared.relation(read("'y'", "a", "b"))).toBeUndefined();
  await shared.clear();
  await expect(sumOf(copy)).rejects.toThrow();
});

test("a copy that the running query reads stays, whatever else the query reads; the next query's makes room", async () => {
  const shared = sharedReads(connection, { bytes: 1 });
  const [one, two] = [read("'one'", "a"), read("'two'", "a")];
  await before(shared, one, two);
  // Over the limit by itself, so that it is not kept at all.
  expect(await shared.relation(one)).toBeUndefined();
  const roomy = sharedReads(connection, { bytes: 1_200_000 });
  await before(roomy, one, two);
  const first = await roomy.relation(one);
  expect(await sumOf(first)).toBe("1249975000");
  await roomy.relation(two);
  await roomy.relation(read("'one'", "a", "b"));
  expect(await sumOf(first)).toBe("1249975000");
  roomy.nextQuery();
  await before(roomy, two);
  expect(await sumOf(await roomy.relation(two))).toBe("1249975000");
  await roomy.clear();
});

test("what is too large, or fails, is read where it is", async () => {
  const shared = sharedReads(connection, { bytes: 2 ** 28 });
  const large = { ...read("'x'", "a", "b"), rows: 10_000_000 };
  const broken = { sql: "select error('damaged') as a from range(3)", columns: ["a"], rows: 3 };
  for (let time = 0; time < 3; time++) await before(shared, large, broken);
});
