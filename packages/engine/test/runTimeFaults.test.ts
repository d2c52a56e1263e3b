import { afterAll, beforeAll, expect, test } from "vitest";
import { Session } from "../src/duckdb/session.ts";

let session: Session;

beforeAll(async () => {
  const series = { name: "Series", parameters: "(T: (t: long))", body: "{ T | make-series n = count() on t step 1 }" };
  const schemas = { table: () => undefined, tableNames: () => [] };
  session = await Session.open({ schemas, tables: [], functions: [series] });
});

afterAll(() => session.close());

async function placed(text: string): Promise<readonly string[]> {
  const outcome = await session.run({ text, now: 0n });
  return outcome.ok
    ? []
    : outcome.diagnostics.map(({ code, span }) => `${code}: ${text.slice(span.start, span.end).trim()}`);
}

// Kusto documentation, make-series operator: generated arrays are limited to 1,048,576 values.
test("a series longer than an array is an error at its operator, not a shorter series", async () => {
  const points = "datatable(t: long) [1, 1048577]";
  expect(await placed(`${points} | make-series n = count() on t step 1`)).toEqual([
    "too-much: make-series n = count() on t step 1",
  ]);
  expect(await placed(`${points} | make-series n = count() on t step 1000`)).toEqual([]);
  expect(await placed(`${points} | invoke Series()`)).toEqual(["too-much: Series()"]);
});

test("text of the rows that looks like such an error is none", async () => {
  const text = `print a = 'Invalid Input Error: goshawk fault 0 1 {"what":"x","next":"y"}' | where a != ''`;
  const outcome = await session.run({ text, now: 0n });
  expect(outcome.ok).toBe(true);
});

test("patterns among more rows than can be searched are an error at the plugin", async () => {
  const many = `range i from 1 to 110000 step 1
    | project a = i % 47, b = i % 53, c = i % 59
    | evaluate basket(0.015)`;
  expect(await placed(many)).toEqual(["too-much: basket(0.015)"]);
});

// Kusto documentation, bag_unpack plugin: every property becomes a column; none may be left out in silence.
test("more properties than columns are looked for are an error at the plugin, not fewer columns", async () => {
  const wide = "range i from 1 to 10001 step 1 | project b = bag_pack(strcat('k', i), i)";
  expect(await placed(`${wide} | evaluate bag_unpack(b) | count`)).toEqual(["too-much: bag_unpack(b)"]);
});
