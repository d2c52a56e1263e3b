import type { SqlExpr } from "../../sql/ast.ts";
import { call, constantNumber, constantText } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { partOf, readStep } from "./paths.ts";
import { orNull } from "./sql.ts";

/** DuckDB reads `*` as a wildcard even inside quotes, and has no path to an empty key. */
const plainKey = /^[^"\\*\0]+$/;

export function property(json: SqlExpr, name: SqlExpr): SqlExpr {
  const key = constantText(name);
  if (key === undefined || !plainKey.test(key)) return call("goshawk_property", json, name);
  return readStep(json, `."${key}"`);
}

/** An element by its index; a negative one counts from the end. */
export function element(json: SqlExpr, index: SqlExpr): SqlExpr {
  const at = constantNumber(index);
  if (at === undefined) return orNull(call("json_extract", json, index));
  return partOf(json, at) ?? readStep(json, `[${at < 0 ? `#${at}` : at}]`);
}

export const dynamicAccess: readonly ScalarFunction[] = [
  scalarFunction({
    name: ".",
    summary: "A property of a bag, null where there is none.",
    signature: ".(bag: dynamic, name: string): dynamic",
    lower: { duckdb: property },
    examples: [
      ['dynamic({"A":1}).a', "dynamic(null)", "keys are case-sensitive"],
      ['tostring(dynamic({"a b":{"c.d":2}})["a b"]["c.d"])', '"2"', "a dot inside a key"],
    ],
  }),
  scalarFunction({
    name: "[]",
    summary: "An element of an array by index, or a property of a bag by name; null where there is none.",
    overloads: [
      { signature: "[](array: dynamic, index: long): dynamic", lower: { duckdb: element } },
      { signature: "[](bag: dynamic, name: string): dynamic", lower: { duckdb: property } },
      {
        signature: "[](value: dynamic, key: dynamic): dynamic",
        lower: { duckdb: (json, key) => call("goshawk_item", json, key) },
      },
    ],
    examples: [
      ["dynamic([1,2,3])[-1]", "dynamic(3)", "a negative index counts from the end"],
      ["dynamic([1,2,3])[3]", "dynamic(null)", "out of range"],
      ["parse_json('\"text\"')[0]", "dynamic(null)", "a string has no elements"],
    ],
  }),
];
