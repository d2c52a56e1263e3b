import type { SqlExpr } from "../../sql/ast.ts";
import {
  bitAnd,
  bitNot,
  bitOr,
  call,
  cast,
  choose,
  less,
  multiply,
  nothing,
  number,
  once,
  remainder,
  shiftLeft,
  shiftRight,
  text,
} from "../../sql/build.ts";
import { type OverloadRow, type ScalarFunction, scalarFunction } from "../define.ts";
import { wrap } from "../long.ts";

/** The value with the shift modulo 64; null where the shift is negative. */
function shifted(shift: SqlExpr, of: (places: SqlExpr) => SqlExpr): SqlExpr {
  return once(shift, (places) => choose(less(places, number(0)), nothing("BIGINT"), of(remainder(places, number(64)))));
}

/** DuckDB fails where bits leave the left end; Kusto drops them. */
const left = (value: SqlExpr, shift: SqlExpr): SqlExpr =>
  shifted(shift, (places) =>
    wrap(multiply(cast(value, "HUGEINT"), shiftLeft(cast(number(1), "HUGEINT"), call("greatest", places, number(0))))),
  );

const right = (value: SqlExpr, shift: SqlExpr): SqlExpr =>
  once(value, (x) => shifted(shift, (places) => shiftRight(x, call("greatest", places, number(0)))));

const binary = (name: string, summary: string, lower: (a: SqlExpr, b: SqlExpr) => SqlExpr): ScalarFunction =>
  scalarFunction({
    name,
    summary,
    signature: `${name}(a: long, b: long): long`,
    nulls: "propagate",
    lower: { duckdb: lower },
  });

const hex = (type: "int" | "long", digits: number): OverloadRow => ({
  signature: `tohex(value: ${type}, minLength?: long): string`,
  lower: {
    duckdb: (value, length) => {
      const plain = call("right", call("lower", call("to_hex", value)), number(digits));
      return length === undefined ? plain : once(plain, (shown) => padded(shown, length));
    },
  },
});

/** Zeros before the digits, to no more than sixteen. */
function padded(shown: SqlExpr, length: SqlExpr): SqlExpr {
  const wanted = call("greatest", call("least", length, number(16)), call("length", shown), number(0));
  return call("lpad", shown, cast(wanted, "INTEGER"), text("0"));
}

export const bits: readonly ScalarFunction[] = [
  binary("binary_and", "The bits that both have.", bitAnd),
  binary("binary_or", "The bits that one has.", bitOr),
  binary("binary_xor", "The bits that exactly one has.", (a, b) => call("xor", a, b)),
  scalarFunction({
    name: "binary_not",
    summary: "The bits that a number does not have.",
    signature: "binary_not(a: long): long",
    nulls: "propagate",
    lower: { duckdb: bitNot },
    examples: [["binary_not(100)", "-101"]],
  }),
  scalarFunction({
    name: "binary_shift_left",
    summary: "The bits moved left by a shift modulo 64; null where the shift is negative.",
    signature: "binary_shift_left(value: long, shift: long): long",
    lower: { duckdb: left },
    examples: [["binary_shift_left(1, 2)", "4"]],
  }),
  scalarFunction({
    name: "binary_shift_right",
    summary: "The bits moved right by a shift modulo 64, the sign kept; null where the shift is negative.",
    signature: "binary_shift_right(value: long, shift: long): long",
    lower: { duckdb: right },
    examples: [["binary_shift_right(1, 2)", "0"]],
  }),
  scalarFunction({
    name: "bitset_count_ones",
    summary: "How many bits are set.",
    signature: "bitset_count_ones(value: long): long",
    nulls: "propagate",
    lower: { duckdb: (value) => cast(call("bit_count", value), "BIGINT") },
    examples: [["bitset_count_ones(42)", "3"]],
  }),
  scalarFunction({
    name: "tohex",
    summary: "Hexadecimal digits in small letters; a negative number has all digits of its type.",
    overloads: [hex("int", 8), hex("long", 16)],
    examples: [
      ["tohex(-256)", '"ffffffffffffff00"', "a long has 16 digits"],
      ["tohex(toint(-256), 8)", '"ffffff00"', "an int has 8"],
      ["tohex(256, 8)", '"00000100"'],
      ["tohex(256, 2)", '"100"', "never cut"],
    ],
  }),
  scalarFunction({
    name: "new_guid",
    summary: "A random guid.",
    signature: "new_guid(): guid",
    nulls: "never",
    lower: { duckdb: () => cast(call("uuid"), "VARCHAR") },
  }),
];
