import { call } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { packed } from "./sql.ts";

export const dynamicSets: readonly ScalarFunction[] = [
  scalarFunction({
    name: "set_union",
    summary: "Every value that is in any of the arrays, once.",
    signature: "set_union(set: dynamic, ...more: dynamic): dynamic",
    nulls: "never",
    lower: { duckdb: (...sets) => call("goshawk_set_union", packed(sets)) },
    examples: [["set_union(dynamic([1,2,1]), dynamic([2,3]))", "dynamic([1,2,3])", "each value once"]],
  }),
  scalarFunction({
    name: "set_intersect",
    summary: "Every value that is in all of the arrays, once.",
    signature: "set_intersect(set: dynamic, ...more: dynamic): dynamic",
    lower: { duckdb: (...sets) => call("goshawk_set_intersect", packed(sets)) },
  }),
  scalarFunction({
    name: "set_difference",
    summary: "Every value of the first array that is in none of the others, once.",
    signature: "set_difference(set: dynamic, ...more: dynamic): dynamic",
    lower: { duckdb: (...sets) => call("goshawk_set_difference", packed(sets)) },
  }),
  scalarFunction({
    name: "set_has_element",
    summary: "Whether an array has a value.",
    signature: "set_has_element(set: dynamic, value: dynamic): bool",
    lower: { duckdb: (set, value) => call("goshawk_set_has_element", set, value) },
    examples: [['set_has_element(dynamic(["1"]), 1)', "false", "a string of digits is no number"]],
  }),
  scalarFunction({
    name: "set_equals",
    summary: "Whether two arrays have the same values, order and repetition aside.",
    signature: "set_equals(set1: dynamic, set2: dynamic): bool",
    lower: { duckdb: (a, b) => call("goshawk_set_equals", a, b) },
    examples: [["set_equals(dynamic([1,2,2]), dynamic([2,1]))", "true", "order and repetition do not count"]],
  }),
  scalarFunction({
    name: "jaccard_index",
    summary: "The size of the common part of two sets over that of their union.",
    signature: "jaccard_index(set1: dynamic, set2: dynamic): real",
    lower: { duckdb: (a, b) => call("goshawk_jaccard_index", a, b) },
    examples: [["jaccard_index(dynamic([1,2,3]), dynamic([1,2,3,4]))", "0.75"]],
  }),
];
