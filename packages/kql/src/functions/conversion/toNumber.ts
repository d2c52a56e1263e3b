import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, choose, no, nothing, number, once, real, text, tryCast, unequal, yes } from "../../sql/build.ts";
import { type OverloadRow, type ScalarFunction, scalarFunction } from "../define.ts";
import {
  boolFromText,
  fromJson,
  intFromReal,
  intFromText,
  longFromReal,
  longFromText,
  lowInt,
  realFromText,
} from "./numbers.ts";

const same = (of: SqlExpr): SqlExpr => of;
const asReal = (of: SqlExpr): SqlExpr => cast(of, "DOUBLE");
const notZero = (of: SqlExpr): SqlExpr => unequal(of, number(0));
const cutDecimal = (of: SqlExpr): SqlExpr => tryCast(call("trunc", of), "BIGINT");

const low32 = (value: bigint): bigint => BigInt.asIntN(32, value);

/** As the processor converts: what is out of range, or no number, is the least whole number. */
const processor =
  (bits: 32 | 64) =>
  (value: number): bigint => {
    const least = -(1n << BigInt(bits - 1));
    if (Number.isNaN(value) || value >= -Number(least) || value < Number(least)) return least;
    return BigInt(Math.trunc(value));
  };

/** Overloads that take a value as its count of ticks. */
const ticks = (name: string, result: string, lower: (of: SqlExpr) => SqlExpr): readonly OverloadRow[] =>
  ["datetime", "timespan"].map((type) => ({
    signature: `${name}(value: ${type}): ${result}`,
    nulls: "propagate" as const,
    lower: { duckdb: lower },
  }));

export const toNumber: readonly ScalarFunction[] = [
  scalarFunction({
    name: "tolong",
    summary:
      "A value as a long; a real is cut toward zero and held at the ends, a text that is no whole number is null.",
    overloads: [
      { signature: "tolong(value: long): long", nulls: "propagate", lower: { duckdb: same }, fold: (of) => of },
      { signature: "tolong(value: bool): long", nulls: "propagate", lower: { duckdb: (of) => cast(of, "BIGINT") } },
      {
        signature: "tolong(value: real): long",
        lower: { duckdb: longFromReal },
        fold: (of) => processor(64)(Number(of)),
      },
      { signature: "tolong(value: decimal): long", lower: { duckdb: cutDecimal } },
      ...ticks("tolong", "long", same),
      { signature: "tolong(value: string): long", lower: { duckdb: longFromText } },
      {
        signature: "tolong(value: dynamic): long",
        lower: {
          duckdb: (of) =>
            fromJson(of, { text: longFromText, whole: same, real: longFromReal, yes: number(1), no: number(0) }),
        },
      },
    ],
    examples: [
      ['tolong("0xFFFFFFFFFFFFFFFF")', "-1", "sixteen hexadecimal digits are all bits of the long"],
      ['tolong("3.14")', "long(null)", "text of a fraction is none"],
      ['tolong(dynamic("3.14"))', "long(null)", "nor is it inside a dynamic"],
      ["tolong(dynamic(1.9))", "1", "but a number there is cut"],
    ],
  }),
  scalarFunction({
    name: "toint",
    summary: "A value as an int; a real is cut and held at the ends, a long keeps its low 32 bits.",
    overloads: [
      { signature: "toint(value: int): int", nulls: "propagate", lower: { duckdb: same }, fold: (of) => of },
      {
        signature: "toint(value: long): int",
        nulls: "propagate",
        lower: { duckdb: lowInt },
        fold: (of) => low32(BigInt(of)),
      },
      { signature: "toint(value: bool): int", nulls: "propagate", lower: { duckdb: (of) => cast(of, "BIGINT") } },
      {
        signature: "toint(value: real): int",
        lower: { duckdb: intFromReal },
        fold: (of) => processor(32)(Number(of)),
      },
      { signature: "toint(value: decimal): int", lower: { duckdb: (of) => intFromReal(asReal(of)) } },
      ...ticks("toint", "int", lowInt),
      { signature: "toint(value: string): int", lower: { duckdb: intFromText } },
      {
        signature: "toint(value: dynamic): int",
        lower: {
          duckdb: (of) =>
            fromJson(of, { text: intFromText, whole: lowInt, real: intFromReal, yes: number(1), no: number(0) }),
        },
      },
    ],
    examples: [
      ["toint(2.5)", "2", "cut, not rounded"],
      ['toint("2147483648")', "int(null)", "text out of range"],
      ["toint(dynamic(2147483648))", "int(-2147483648)", "a number out of range keeps its low bits"],
      ["toint(1h)", "int(1640261632)", "so do the ticks of a timespan"],
    ],
  }),
  scalarFunction({
    name: "toreal",
    aliases: ["todouble"],
    summary: "A value as a real; a text that is no number is null.",
    overloads: [
      { signature: "toreal(value: real): real", nulls: "propagate", lower: { duckdb: same }, fold: (of) => of },
      {
        signature: "toreal(value: long): real",
        nulls: "propagate",
        lower: { duckdb: asReal },
        fold: (of) => Number(of),
      },
      {
        signature: "toreal(value: bool): real",
        nulls: "propagate",
        lower: { duckdb: (of) => asReal(cast(of, "BIGINT")) },
      },
      { signature: "toreal(value: decimal): real", nulls: "propagate", lower: { duckdb: asReal } },
      ...ticks("toreal", "real", asReal),
      { signature: "toreal(value: string): real", lower: { duckdb: realFromText } },
      {
        signature: "toreal(value: dynamic): real",
        lower: {
          duckdb: (of) => fromJson(of, { text: realFromText, whole: asReal, real: same, yes: real(1), no: real(0) }),
        },
      },
    ],
    examples: [
      ['toreal("1e3")', "1000.0"],
      ['toreal("0x1F")', "real(null)", "no hexadecimal digits"],
      ['toreal("1,234")', "real(null)", "no separators of thousands"],
    ],
  }),
  scalarFunction({
    name: "todecimal",
    summary: "A value as a decimal; null where it is none.",
    approximate: "18 digits after the point and 20 before it are kept, where Kusto keeps 34 significant digits",
    overloads: [
      { signature: "todecimal(value: decimal): decimal", nulls: "propagate", lower: { duckdb: same } },
      { signature: "todecimal(value: long): decimal", lower: { duckdb: decimal } },
      { signature: "todecimal(value: real): decimal", lower: { duckdb: (of) => decimal(cast(of, "VARCHAR")) } },
      { signature: "todecimal(value: bool): decimal", lower: { duckdb: (of) => decimal(cast(of, "BIGINT")) } },
      { signature: "todecimal(value: string): decimal", lower: { duckdb: decimalFromText } },
      {
        signature: "todecimal(value: dynamic): decimal",
        lower: {
          duckdb: (of) =>
            fromJson(of, {
              text: decimalFromText,
              whole: decimal,
              real: (inner) => decimal(cast(inner, "VARCHAR")),
              yes: decimal(number(1)),
              no: decimal(number(0)),
            }),
        },
      },
    ],
    examples: [
      ['todecimal("123.45678")', "decimal(123.45678)"],
      ['todecimal("1_0.5")', "decimal(null)", "no separators of digits"],
    ],
  }),
  scalarFunction({
    name: "tobool",
    aliases: ["toboolean"],
    summary: "A value as a bool; a text other than true, false and whole numbers is null.",
    overloads: [
      { signature: "tobool(value: bool): bool", nulls: "propagate", lower: { duckdb: same } },
      { signature: "tobool(value: long): bool", nulls: "propagate", lower: { duckdb: notZero } },
      { signature: "tobool(value: real): bool", nulls: "propagate", lower: { duckdb: notZero } },
      { signature: "tobool(value: decimal): bool", nulls: "propagate", lower: { duckdb: notZero } },
      { signature: "tobool(value: string): bool", lower: { duckdb: boolFromText } },
      {
        signature: "tobool(value: dynamic): bool",
        lower: { duckdb: (of) => fromJson(of, { text: boolFromText, whole: notZero, real: notZero, yes, no }) },
      },
    ],
    examples: [
      ['tobool("-1")', "true"],
      ['tobool("1.0")', "bool(null)"],
      ['tobool("yes")', "bool(null)"],
      ["tobool(dynamic(1.9))", "true"],
    ],
  }),
];

/** The engine alone would read 1_0 as ten. */
function decimalFromText(of: SqlExpr): SqlExpr {
  const written = "\\s*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?\\s*";
  return once(of, (digits) =>
    choose(call("regexp_full_match", digits, text(written)), decimal(call("trim", digits)), nothing("DECIMAL")),
  );
}

function decimal(of: SqlExpr): SqlExpr {
  return tryCast(of, "DECIMAL");
}
