import type { SqlExpr } from "../../sql/ast.ts";
import { call, cases, coalesce, equal, once, text } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction, typed } from "../define.ts";

/** How Kusto calls what DuckDB calls a JSON value. */
const names: readonly (readonly [json: string, kusto: string])[] = [
  ["VARCHAR", "string"],
  ["BIGINT", "long"],
  ["UBIGINT", "long"],
  ["DOUBLE", "double"],
  ["BOOLEAN", "bool"],
  ["OBJECT", "dictionary"],
  ["ARRAY", "array"],
];

const ofDynamic = (value: SqlExpr): SqlExpr =>
  once(call("json_type", value), (type) =>
    coalesce(
      cases(
        names.map(([json, kusto]) => [equal(type, text(json)), text(kusto)]),
        text("null"),
      ),
      text("null"),
    ),
  );

export const typeNames: readonly ScalarFunction[] = [
  scalarFunction({
    name: "gettype",
    summary: "The name of a value's type; a null keeps its type, but inside a dynamic its type is `null`.",
    approximate: "a datetime, timespan or guid inside a dynamic is a string here",
    signature: "gettype(value: any): string",
    nulls: "never",
    lower: {
      duckdb: typed(({ types: [type = "dynamic"] }, value) => (type === "dynamic" ? ofDynamic(value) : text(type))),
    },
    examples: [
      ['gettype(toint("bad"))', '"int"', "a null keeps its type"],
      ["gettype(dynamic(null))", '"null"'],
      ["gettype(dynamic({}))", '"dictionary"'],
      ["gettype(dynamic(1.5))", '"double"', "a real outside a dynamic is called real"],
      ["gettype(1.5)", '"real"'],
    ],
  }),
];
