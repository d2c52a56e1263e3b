import { afterAll, beforeAll, expect, test } from "vitest";
import { Session } from "../src/duckdb/session.ts";
import type { ValueTable } from "../src/duckdb/valueTables.ts";
import { startWorkerBackend } from "../src/index.ts";

let session: Session;
beforeAll(async () => {
  session = await Session.open({ schemas: { table: () => undefined, tableNames: () => [] }, tables: [] });
});
afterAll(() => session.close());

const table = (type: ValueTable["columns"][number]["type"], cell: string): ValueTable => ({
  name: "V",
  columns: [{ name: "v", type }],
  rows: [[cell]],
});

async function count(text: string): Promise<string | null | undefined> {
  const outcome = await session.run({ text, now: 0n });
  if (!outcome.ok) throw new Error(outcome.diagnostics[0]?.message);
  return outcome.table.rows[0]?.[0];
}

// Kusto documentation, scalar data types: what a literal of each type may be.
test.each([
  ["long", "9223372036854775807", "v == 9223372036854775807"],
  ["long", "-9223372036854775808", "v < -9223372036854775807"],
  ["decimal", "1e3", "v == decimal(1000)"],
  ["guid", "74BE27DE-1E4E-49D9-B579-FE0B331D3642", "v == guid(74be27de-1e4e-49d9-b579-fe0b331d3642)"],
  ["bool", "TRUE", "v"],
  ["real", "+inf", "v == real(+inf)"],
] as const)("the %s %s is the value that it is in a query", async (type, cell, condition) => {
  await session.useValues([table(type, cell)]);
  expect(await count(`V | where ${condition} | count`)).toBe("1");
});

test.each([
  ["long", "9223372036854775808"],
  ["int", "2147483648"],
  ["decimal", "123456789012345678901"],
  ["datetime", "yesterday"],
  ["real", ""],
] as const)("a cell that is no %s, '%s', is an error and no null", async (type, cell) => {
  await expect(session.useValues([table(type, cell)])).rejects.toThrow(`V.v is "${cell}", and that is no ${type}`);
});

test("values keep their name, and plans are made anew, where stored tables change", async () => {
  await session.useValues([table("long", "7")]);
  expect(await count("union V* | count")).toBe("1");
  await session.useTables([]);
  expect(await count("union V* | count")).toBe("1");
});

test("an engine whose values could not be set says why, and goes on with the next ones", async () => {
  const backend = startWorkerBackend({ tables: [], schemas: new URL("./noSchemas.mjs", import.meta.url).href });
  backend.useValues([table("long", "x")]);
  await expect(backend.query({ text: "V", now: 0n })).rejects.toThrow('V.v is "x"');
  backend.useValues([table("long", "7")]);
  const outcome = await backend.query({ text: "V", now: 0n });
  expect(outcome.ok && outcome.table.rows).toEqual([["7"]]);
  await backend.close();
});
