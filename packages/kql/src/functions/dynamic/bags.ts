import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, choose, coalesce, equal, nothing, text } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { packed } from "./sql.ts";

const isBag = (json: SqlExpr): SqlExpr => equal(call("json_type", json), text("OBJECT"));

export const dynamicBags: readonly ScalarFunction[] = [
  scalarFunction({
    name: "bag_keys",
    summary: "The array of a bag's keys; null where there is no bag.",
    signature: "bag_keys(bag: dynamic): dynamic",
    lower: {
      duckdb: (bag) => choose(isBag(bag), cast(call("to_json", call("json_keys", bag)), "VARCHAR"), nothing("VARCHAR")),
    },
    examples: [
      ['bag_keys(dynamic({"a":1,"b":{"c":2}}))', 'dynamic(["a","b"])', "only the outer keys"],
      ["bag_keys(parse_json('[1]'))", "dynamic(null)", "an array has none"],
    ],
  }),
  scalarFunction({
    name: "bag_merge",
    summary: "One bag of all properties; of equal keys the first bag's counts.",
    signature: "bag_merge(bag: dynamic, ...more: dynamic): dynamic",
    nulls: "never",
    lower: { duckdb: (...bags) => call("goshawk_bag_merge", packed(bags)) },
    examples: [
      ['bag_merge(dynamic({"a":1,"b":2}), dynamic({"b":3,"c":4}))', 'dynamic({"a":1,"b":2,"c":4})', "the first counts"],
    ],
  }),
  scalarFunction({
    name: "bag_has_key",
    summary: "Whether a bag has a key, which may be a JSON path.",
    signature: "bag_has_key(bag: dynamic, key: string): bool",
    lower: { duckdb: (bag, key) => call("goshawk_bag_has_key", bag, key) },
    examples: [['bag_has_key(dynamic({"a":{"b":1}}), "$.a.b")', "true", "a JSON path looks inside"]],
  }),
  scalarFunction({
    name: "bag_set_key",
    summary: "A bag with a key set to a value; the key may be a JSON path.",
    signature: "bag_set_key(bag: dynamic, key: string, value: dynamic): dynamic",
    lower: {
      duckdb: (bag, key, value) => call("goshawk_bag_set_key", bag, key, coalesce(value, text("null"))),
    },
    examples: [
      ['bag_set_key(dynamic({"a":1}), "$.b.c", 2)', 'dynamic({"a":1,"b":{"c":2}})', "bags on the way are made"],
    ],
  }),
  scalarFunction({
    name: "bag_remove_keys",
    summary: "A bag without some keys, which may be JSON paths.",
    signature: "bag_remove_keys(bag: dynamic, keys: dynamic): dynamic",
    lower: { duckdb: (bag, keys) => call("goshawk_bag_remove_keys", bag, keys) },
    examples: [
      ['bag_remove_keys(dynamic({"a":{"b":1,"c":2},"d":3}), dynamic(["$.a.b","d"]))', 'dynamic({"a":{"c":2}})'],
    ],
  }),
  scalarFunction({
    name: "bag_zip",
    summary: "A bag of the keys of one array and the values of another.",
    signature: "bag_zip(keys: dynamic, values: dynamic): dynamic",
    lower: { duckdb: (keys, values) => call("goshawk_bag_zip", keys, coalesce(values, text("null"))) },
    examples: [
      [
        'bag_zip(dynamic(["a",8,"b"]), dynamic([1,"2",2.5]))',
        'dynamic({"a":1,"b":2.5})',
        "keys that are no strings are left out",
      ],
    ],
  }),
  scalarFunction({
    name: "treepath",
    summary: "The paths to everything inside a value.",
    signature: "treepath(object: dynamic): dynamic",
    lower: { duckdb: (object) => call("goshawk_treepath", object) },
    examples: [
      [
        'treepath(dynamic({"p":[100,{"x":"y"}]}))',
        `dynamic(["['p']","['p'][0]","['p'][0]['x']"])`,
        "an array's elements share one path",
      ],
    ],
  }),
];
