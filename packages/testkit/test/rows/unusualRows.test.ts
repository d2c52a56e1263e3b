import type { KqlType, TableSchema } from "@goshawk/kql";
import { expect, test } from "vitest";
import { datetimeTicks, timespanTicks } from "../../src/compare/ticks.ts";
import { unusualRows } from "../../src/rows/unusualRows.ts";
import { unusualValues } from "../../src/rows/unusualValues.ts";

const types = Object.keys(unusualValues) as KqlType[];
const schema: TableSchema = {
  name: "Device",
  columns: [...types.map((type) => ({ name: `${type}_`, type })), { name: "SHA1", type: "string" }],
};
const rows = [...unusualRows(schema, 1000, 7)];
const cellsOf = (type: KqlType) => rows.map((row) => row[types.indexOf(type)] ?? null);

test("the same seed gives the same rows, another seed others", () => {
  expect([...unusualRows(schema, 1000, 7)]).toEqual(rows);
  expect([...unusualRows(schema, 1000, 8)]).not.toEqual(rows);
});

test("fewer rows are the first of more", () => {
  expect([...unusualRows(schema, 10, 7)]).toEqual(rows.slice(0, 10));
});

test.each(types)("every unusual %s turns up", (type) => {
  const found = new Set(cellsOf(type));
  expect(unusualValues[type].filter((value) => !found.has(value))).toEqual([]);
});

const readable: { readonly [T in KqlType]: (text: string) => boolean } = {
  bool: (text) => text === "true" || text === "false",
  int: (text) => Number.isInteger(Number(text)) && Math.abs(Number(text)) <= 2 ** 31,
  long: (text) => BigInt(text) === BigInt.asIntN(64, BigInt(text)),
  real: (text) => text === "NaN" || !Number.isNaN(Number(text)),
  decimal: (text) => /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, "").length <= 34,
  datetime: (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/.test(text) && datetimeTicks(text) !== undefined,
  timespan: (text) => timespanTicks(text) !== undefined,
  string: (text) => Buffer.from(text).toString() === text,
  guid: (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text),
  dynamic: (text) => JSON.parse(text) !== undefined,
};

test.each(types)("every %s cell is one in Kusto's notation", (type) => {
  expect(cellsOf(type).filter((cell) => cell !== null && !readable[type](cell))).toEqual([]);
});

test("a string is never null, every other type sometimes is", () => {
  expect(types.filter((type) => !cellsOf(type).includes(null))).toEqual(["string"]);
});

test("columns do not go odd in step: odd values meet plausible ones", () => {
  const pairs = new Set(rows.map((row) => `${row[1] === null} ${row[2] === null}`));
  expect(pairs.size).toBeGreaterThanOrEqual(3);
});

test("two tables share keys to join on", () => {
  const other = [...unusualRows({ ...schema, name: "File" }, 1000, 7)];
  const keys = new Set(other.map((row) => row.at(-1)));
  expect(rows.filter((row) => row.at(-1)?.length === 40 && keys.has(row.at(-1) ?? null)).length).toBeGreaterThan(100);
});
