import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, choose, equal, negate, nothing, number, text } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { packed } from "./sql.ts";

const onPacked =
  (name: string) =>
  (...args: readonly SqlExpr[]): SqlExpr =>
    call(name, packed(args));

function shift(array: SqlExpr, count: SqlExpr, fill: SqlExpr | undefined): SqlExpr {
  return fill === undefined
    ? call("goshawk_array_shift_left", array, count)
    : call("goshawk_array_shift_left_with", array, count, call("coalesce", fill, text("null")));
}

function sorted(direction: "asc" | "desc"): ScalarFunction {
  return scalarFunction({
    name: `array_sort_${direction}`,
    summary: "The first array in order, the others rearranged alike; null where an array is of another length.",
    signature: `array_sort_${direction}(array: dynamic, ...more: dynamic): dynamic`,
    tuple: true,
    lower: { duckdb: onPacked(`goshawk_array_sort_${direction}`) },
    examples: [
      direction === "asc"
        ? [
            "array_sort_asc(dynamic([null,3,1,2]))",
            "dynamic([1,2,3,null])",
            "nulls are last unless nulls_last is false",
          ]
        : ["array_sort_desc(dynamic([null,3,1,2]), false)", "dynamic([null,3,2,1])", "nulls first when asked for"],
    ],
  });
}

export const dynamicArrays: readonly ScalarFunction[] = [
  scalarFunction({
    name: "array_length",
    aliases: ["arraylength"],
    summary: "The number of elements; null where there is no array.",
    signature: "array_length(array: dynamic): long",
    lower: {
      duckdb: (array) =>
        choose(
          equal(call("json_type", array), text("ARRAY")),
          cast(call("json_array_length", array), "BIGINT"),
          nothing("BIGINT"),
        ),
    },
    examples: [["array_length(parse_json('{\"a\":1}'))", "long(null)", "a bag is no array"]],
  }),
  scalarFunction({
    name: "array_concat",
    summary: "The elements of all arrays; what is no array is left out.",
    signature: "array_concat(array: dynamic, ...more: dynamic): dynamic",
    nulls: "never",
    lower: { duckdb: onPacked("goshawk_array_concat") },
    examples: [["array_concat(parse_json('{\"a\":1}'), dynamic([99]))", "dynamic([99])", "a bag gives no elements"]],
  }),
  scalarFunction({
    name: "array_iff",
    aliases: ["array_iif"],
    summary: "For each condition the element (or value) of the second or third argument.",
    signature: "array_iff(conditions: dynamic, when_true: dynamic, when_false: dynamic): dynamic",
    lower: { duckdb: onPacked("goshawk_array_iff") },
    examples: [
      [
        "array_iff(dynamic([true,true,true]), dynamic([1,2]), dynamic([3,4]))",
        "dynamic([1,2,null])",
        "a shorter array is filled with null",
      ],
      ['array_iff(dynamic([1,0,50]), "yes", "no")', 'dynamic(["yes","no","yes"])', "numbers are conditions too"],
    ],
  }),
  scalarFunction({
    name: "array_index_of",
    summary: "The place of a value, -1 where it is not found.",
    signature: "array_index_of(array: dynamic, value: dynamic, start?: long, length?: long, occurrence?: long): long",
    lower: {
      duckdb: (array, value, start = number(0), length = number(-1), occurrence = number(1)) =>
        call("goshawk_array_index_of", array, value, start, length, occurrence),
    },
    examples: [
      ["array_index_of(dynamic([5,15]), 15.0)", "1", "15 and 15.0 are one number"],
      ['array_index_of(dynamic(["an","is","an"]), "an", -2)', "2", "a negative start counts from the end"],
    ],
  }),
  scalarFunction({
    name: "array_reverse",
    summary: "The elements in reverse.",
    signature: "array_reverse(array: dynamic): dynamic",
    lower: { duckdb: (array) => call("goshawk_array_reverse", array) },
  }),
  scalarFunction({
    name: "array_rotate_left",
    summary: "The elements moved to the left, round the end.",
    signature: "array_rotate_left(array: dynamic, count: long): dynamic",
    lower: { duckdb: (array, count) => call("goshawk_array_rotate_left", array, count) },
  }),
  scalarFunction({
    name: "array_rotate_right",
    summary: "The elements moved to the right, round the end.",
    signature: "array_rotate_right(array: dynamic, count: long): dynamic",
    lower: { duckdb: (array, count) => call("goshawk_array_rotate_left", array, negate(count)) },
    examples: [["array_rotate_right(dynamic([1,2,3,4,5]), -2)", "dynamic([3,4,5,1,2])", "a negative count goes left"]],
  }),
  scalarFunction({
    name: "array_shift_left",
    summary: "The elements moved to the left; free places get the default.",
    signature: "array_shift_left(array: dynamic, count: long, default_value?: dynamic): dynamic",
    lower: { duckdb: shift },
    examples: [["array_shift_left(dynamic([1,2,3]), -1, 0)", "dynamic([0,1,2])", "a negative count goes right"]],
  }),
  scalarFunction({
    name: "array_shift_right",
    summary: "The elements moved to the right; free places get the default.",
    signature: "array_shift_right(array: dynamic, count: long, default_value?: dynamic): dynamic",
    lower: { duckdb: (array, count, fill) => shift(array, negate(count), fill) },
    examples: [["array_shift_right(dynamic([10,20,30]), 1)", "dynamic([null,10,20])", "filled with null"]],
  }),
  scalarFunction({
    name: "array_slice",
    summary: "The elements from a place to a place, both included; negative places count from the end.",
    signature: "array_slice(array: dynamic, start: long, end: long): dynamic",
    lower: { duckdb: (array, start, end) => call("goshawk_array_slice", array, start, end) },
    examples: [["array_slice(dynamic([1,2,3,4,5]), 2, -1)", "dynamic([3,4,5])", "the end is included"]],
  }),
  sorted("asc"),
  sorted("desc"),
  scalarFunction({
    name: "array_split",
    summary: "The array cut at one place or several.",
    signature: "array_split(array: dynamic, places: dynamic): dynamic",
    lower: { duckdb: (array, places) => call("goshawk_array_split", array, places) },
    examples: [
      ["array_split(dynamic([1,2,3,4,5]), dynamic([1,3]))", "dynamic([[1],[2,3],[4,5]])", "N places, N+1 parts"],
    ],
  }),
  scalarFunction({
    name: "zip",
    summary: "An array of arrays: the elements at the same place of each.",
    signature: "zip(array: dynamic, ...more: dynamic): dynamic",
    nulls: "never",
    lower: { duckdb: onPacked("goshawk_zip") },
    examples: [['zip(dynamic(["A",1]), dynamic([2]))', 'dynamic([["A",2],[1,null]])', "a shorter array is filled"]],
  }),
];
