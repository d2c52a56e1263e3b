import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, constantText, text } from "../../sql/build.ts";
import { plainText } from "../../values/dynamicValue.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { asJson, jsonString, packed } from "./sql.ts";

/** The first key is a string; the others come as JSON strings. Of equal keys the last value counts. */
function pack(...args: readonly SqlExpr[]): SqlExpr {
  const keys = args.filter((_, index) => index % 2 === 0);
  const values = args.filter((_, index) => index % 2 === 1).map(asJson);
  const names = keys.map((key, index) => constantKey(key, { json: index > 0 }));
  const constant = names.every((name) => name !== undefined) && new Set(names).size === names.length;
  if (!constant && keys.length > 1) {
    const [first = text(""), ...rest] = args;
    return call("goshawk_bag_pack", packed([jsonString(first), ...rest]));
  }
  const pairs = values.flatMap((value, index) => [keyOf(names[index], keys[index]), value]);
  return cast(call("json_object", ...pairs), "VARCHAR");
}

function constantKey(key: SqlExpr, how: { readonly json: boolean }): string | undefined {
  const constant = constantText(key);
  return constant === undefined || !how.json ? constant : plainText(constant);
}

function keyOf(name: string | undefined, key: SqlExpr | undefined): SqlExpr {
  return name === undefined ? (key ?? text("")) : { kind: "value", value: name };
}

export const dynamicPacking: readonly ScalarFunction[] = [
  scalarFunction({
    name: "bag_pack",
    aliases: ["pack", "pack_dictionary"],
    summary: "A bag of keys and values.",
    signature: "bag_pack(key: string, value: dynamic, ...more: dynamic): dynamic",
    nulls: "never",
    lower: { duckdb: pack },
    examples: [['bag_pack("a", 1, "b", "1")', 'dynamic({"a":1,"b":"1"})', "a string of digits stays a string"]],
  }),
  scalarFunction({
    name: "pack_all ignoring nulls",
    summary: "A bag without the properties that are null or an empty string.",
    signature: "pack_all(bag: dynamic): dynamic",
    nulls: "propagate",
    lower: { duckdb: (bag) => call("goshawk_bag_without_empty", bag) },
  }),
  scalarFunction({
    name: "pack_array",
    summary: "An array of values.",
    signature: "pack_array(...values: dynamic): dynamic",
    nulls: "never",
    lower: { duckdb: (...values) => packed(values) },
    examples: [['pack_array(1, "2", 4s)', 'dynamic([1,"2","00:00:04"])', "values of every type"]],
  }),
];
