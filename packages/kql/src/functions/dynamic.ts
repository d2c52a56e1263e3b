import type { SqlExpr } from "../sql/ast.ts";
import {
  add,
  call,
  cast,
  choose,
  concat,
  constantNumber,
  constantText,
  less,
  list,
  number,
  once,
  text,
} from "../sql/build.ts";
import { type CallFacts, type ScalarFunction, scalarFunction, typed } from "./define.ts";

/** JSON null and SQL NULL are one null in Kusto. */
const orNull = (json: SqlExpr): SqlExpr => call("nullif", cast(json, "VARCHAR"), text("null"));

/** The JSON path of a property, its name quoted. */
export function propertyPath(name: string): string {
  return `$."${name.replace(/["\\]/g, "\\$&")}"`;
}

function property(json: SqlExpr, name: SqlExpr): SqlExpr {
  const constant = constantText(name);
  const path =
    constant === undefined
      ? concat(
          text('$."'),
          call("replace", call("replace", name, text("\\"), text("\\\\")), text('"'), text('\\"')),
          text('"'),
        )
      : text(propertyPath(constant));
  return orNull(call("json_extract", json, path));
}

/** An element by its index; a negative one counts from the end. */
function element(json: SqlExpr, index: SqlExpr): SqlExpr {
  const constant = constantNumber(index);
  if (constant !== undefined)
    return orNull(call("json_extract", json, text(`$[${constant < 0 ? `#${constant}` : constant}]`)));
  const path = once(index, (at) =>
    choose(
      less(at, number(0)),
      concat(text("$[#"), cast(at, "VARCHAR"), text("]")),
      concat(text("$["), cast(at, "VARCHAR"), text("]")),
    ),
  );
  return orNull(call("json_extract", json, path));
}

/** Keys and values to a bag; of equal keys the last value counts. */
function pack(_facts: CallFacts, ...args: readonly SqlExpr[]): SqlExpr {
  return cast(call("json_object", ...args.map((arg, index) => (index % 2 === 0 ? arg : asJson(arg)))), "VARCHAR");
}

const asJson = (json: SqlExpr): SqlExpr => cast(json, "JSON");

export const dynamicAccess: readonly ScalarFunction[] = [
  scalarFunction({
    name: ".",
    summary: "A property of a bag, null where there is none.",
    signature: ".(bag: dynamic, name: string): dynamic",
    lower: { duckdb: property },
  }),
  scalarFunction({
    name: "[]",
    summary: "An element of an array by index, or a property of a bag by name; null where there is none.",
    overloads: [
      { signature: "[](array: dynamic, index: long): dynamic", lower: { duckdb: element } },
      { signature: "[](bag: dynamic, name: string): dynamic", lower: { duckdb: property } },
    ],
  }),
  scalarFunction({
    name: "bag_pack",
    aliases: ["pack", "pack_dictionary"],
    summary: "A bag of keys and values.",
    signature: "bag_pack(key: string, value: dynamic, ...more: dynamic): dynamic",
    nulls: "never",
    lower: { duckdb: typed(pack) },
  }),
  scalarFunction({
    name: "pack_array",
    summary: "An array of values.",
    signature: "pack_array(...values: dynamic): dynamic",
    nulls: "never",
    lower: {
      duckdb: (...values) =>
        cast(call("to_json", values.length === 0 ? cast(list(), "JSON[]") : list(...values.map(asJson))), "VARCHAR"),
    },
  }),
  scalarFunction({
    name: "array_length",
    aliases: ["arraylength"],
    summary: "The number of elements; null where there is no array.",
    signature: "array_length(array: dynamic): long",
    lower: {
      duckdb: (array) =>
        choose(
          { kind: "operation", operator: "=", args: [call("json_type", array), text("ARRAY")] },
          cast(call("json_array_length", array), "BIGINT"),
          { kind: "value", value: null, type: "BIGINT" },
        ),
    },
  }),
  scalarFunction({
    name: "range",
    summary: "The array of values from a start to a stop, both included.",
    overloads: [
      {
        signature: "range(start: long, stop: long, step?: long): dynamic",
        lower: {
          duckdb: (start, stop, step = number(1)) =>
            cast(call("to_json", call("range", start, add(stop, cast(call("sign", step), "BIGINT")), step)), "VARCHAR"),
        },
      },
      {
        signature: "range(start: datetime, stop: datetime, step?: timespan): dynamic",
        lower: {
          duckdb: (start, stop, step = number(36_000_000_000n)) => texts("goshawk_datetime_text", start, stop, step),
        },
      },
      {
        signature: "range(start: timespan, stop: timespan, step?: timespan): dynamic",
        lower: {
          duckdb: (start, stop, step = number(36_000_000_000n)) => texts("goshawk_timespan_text", start, stop, step),
        },
      },
      {
        signature: "range(start: real, stop: real, step?: real): dynamic",
        lower: { duckdb: (start, stop, step = number(1)) => call("goshawk_real_range", start, stop, step) },
      },
    ],
  }),
];

function texts(format: string, start: SqlExpr, stop: SqlExpr, step: SqlExpr): SqlExpr {
  const ticks = call("range", start, add(stop, cast(call("sign", step), "BIGINT")), step);
  return cast(
    call(
      "to_json",
      call("list_transform", ticks, {
        kind: "lambda",
        parameters: ["t"],
        body: call(format, { kind: "column", name: "t" }),
      }),
    ),
    "VARCHAR",
  );
}
