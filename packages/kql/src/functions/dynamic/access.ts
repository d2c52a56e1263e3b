import type { SqlCall, SqlExpr } from "../../sql/ast.ts";
import { call, constantNumber, constantText, text } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { orNull } from "./sql.ts";

/** DuckDB reads `*` as a wildcard even inside quotes, and has no path to an empty key. */
const plainKey = /^[^"\\*\0]+$/;

function property(json: SqlExpr, name: SqlExpr): SqlExpr {
  const key = constantText(name);
  if (key === undefined || !plainKey.test(key)) return call("goshawk_property", json, name);
  return extract(json, `."${key}"`);
}

/** An element by its index; a negative one counts from the end. */
function element(json: SqlExpr, index: SqlExpr): SqlExpr {
  const at = constantNumber(index);
  if (at === undefined) return orNull(call("json_extract", json, index));
  return extract(json, `[${at < 0 ? `#${at}` : at}]`);
}

/** One path where the value itself comes from a path: `d.a.b` reads the text once. */
function extract(json: SqlExpr, step: string): SqlExpr {
  const inner = extraction(json);
  const [source, path] = inner === undefined ? [json, "$"] : [inner.source, inner.path];
  return orNull(call("json_extract", source, text(`${path}${step}`)));
}

function extraction(json: SqlExpr): { readonly source: SqlExpr; readonly path: string } | undefined {
  const read = calledOn(json, "nullif");
  const converted = read?.args[0];
  const extracted = converted?.kind === "cast" ? calledOn(converted.arg, "json_extract") : undefined;
  const [source, path] = extracted?.args ?? [];
  return source !== undefined && path?.kind === "constant" ? { source, path: path.text } : undefined;
}

function calledOn(expr: SqlExpr, name: string): SqlCall | undefined {
  return expr.kind === "call" && expr.name === name ? expr : undefined;
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
      ['dynamic("text")[0]', "dynamic(null)", "a string has no elements"],
    ],
  }),
];
