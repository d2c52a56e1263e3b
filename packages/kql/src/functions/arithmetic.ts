import type { SqlExpr } from "../sql/ast.ts";
import {
  add,
  attempt,
  call,
  cast,
  divide,
  multiply,
  negate,
  nothing,
  number,
  once,
  quotient,
  remainder,
  call as sqlCall,
  subtract,
} from "../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "./define.ts";
import { addLong, multiplyLong, subtractLong } from "./long.ts";

/** A remainder that is never negative, null by zero. */
function modulo(a: SqlExpr, b: SqlExpr): SqlExpr {
  return once(a, (x) =>
    once(sqlCall("abs", cast(call("nullif", b, number(0)), "HUGEINT")), (size) =>
      cast(remainder(add(remainder(cast(x, "HUGEINT"), size), size), size), "BIGINT"),
    ),
  );
}

const realModulo = (a: SqlExpr, b: SqlExpr): SqlExpr =>
  once(call("abs", b), (size) => call("fmod", add(call("fmod", a, size), size), size));

/** The range of datetime in ticks; what leaves it is null. */
const inDatetimeRange = (ticks: SqlExpr): SqlExpr =>
  once(attempt(ticks), (x) => ({
    kind: "case",
    branches: [
      {
        when: {
          kind: "operation",
          operator: "and",
          args: [
            { kind: "operation", operator: ">=", args: [x, number(0)] },
            { kind: "operation", operator: "<=", args: [x, number(3_155_378_975_999_999_999n)] },
          ],
        },
        value: x,
      },
    ],
    otherwise: nothing("BIGINT"),
  }));

export const arithmetic: readonly ScalarFunction[] = [
  scalarFunction({
    name: "+",
    summary: "Sum; a long wraps around.",
    overloads: [
      { signature: "+(a: long, b: long): long", nulls: "propagate", lower: { duckdb: addLong } },
      { signature: "+(a: real, b: real): real", nulls: "propagate", lower: { duckdb: add } },
      {
        signature: "+(a: decimal, b: decimal): decimal",
        lower: { duckdb: (a, b) => attempt(cast(add(a, b), "DECIMAL(38,18)")) },
      },
      { signature: "+(a: datetime, b: timespan): datetime", lower: { duckdb: (a, b) => inDatetimeRange(add(a, b)) } },
      { signature: "+(a: timespan, b: datetime): datetime", lower: { duckdb: (a, b) => inDatetimeRange(add(a, b)) } },
      { signature: "+(a: timespan, b: timespan): timespan", lower: { duckdb: (a, b) => attempt(add(a, b)) } },
    ],
    examples: [["9223372036854775807 + 1", "-9223372036854775808", "a long wraps around"]],
  }),
  scalarFunction({
    name: "-",
    summary: "Difference; a long wraps around.",
    overloads: [
      { signature: "-(a: long, b: long): long", nulls: "propagate", lower: { duckdb: subtractLong } },
      { signature: "-(a: real, b: real): real", nulls: "propagate", lower: { duckdb: subtract } },
      {
        signature: "-(a: decimal, b: decimal): decimal",
        lower: { duckdb: (a, b) => attempt(cast(subtract(a, b), "DECIMAL(38,18)")) },
      },
      { signature: "-(a: datetime, b: datetime): timespan", nulls: "propagate", lower: { duckdb: subtract } },
      {
        signature: "-(a: datetime, b: timespan): datetime",
        lower: { duckdb: (a, b) => inDatetimeRange(subtract(a, b)) },
      },
      { signature: "-(a: timespan, b: timespan): timespan", lower: { duckdb: (a, b) => attempt(subtract(a, b)) } },
    ],
  }),
  scalarFunction({
    name: "*",
    summary: "Product; a long wraps around.",
    overloads: [
      { signature: "*(a: long, b: long): long", nulls: "propagate", lower: { duckdb: multiplyLong } },
      { signature: "*(a: real, b: real): real", nulls: "propagate", lower: { duckdb: multiply } },
      {
        signature: "*(a: decimal, b: decimal): decimal",
        lower: {
          duckdb: (a, b) =>
            attempt(cast(multiply(cast(a, "DECIMAL(38,18)"), cast(b, "DECIMAL(38,18)")), "DECIMAL(38,18)")),
        },
      },
      {
        signature: "*(a: timespan, b: real): timespan",
        lower: { duckdb: (a, b) => attempt(cast(call("trunc", multiply(a, b)), "BIGINT")) },
      },
      {
        signature: "*(a: real, b: timespan): timespan",
        lower: { duckdb: (a, b) => attempt(cast(call("trunc", multiply(a, b)), "BIGINT")) },
      },
    ],
  }),
  scalarFunction({
    name: "/",
    summary: "Quotient; integers are cut toward zero, and by zero give null.",
    overloads: [
      { signature: "/(a: long, b: long): long", lower: { duckdb: (a, b) => attempt(quotient(a, b)) } },
      { signature: "/(a: real, b: real): real", nulls: "propagate", lower: { duckdb: divide } },
      {
        signature: "/(a: decimal, b: decimal): decimal",
        lower: { duckdb: (a, b) => attempt(cast(divide(a, call("nullif", b, number(0))), "DECIMAL(38,18)")) },
      },
      {
        signature: "/(a: timespan, b: timespan): real",
        nulls: "propagate",
        lower: { duckdb: (a, b) => divide(cast(a, "DOUBLE"), cast(b, "DOUBLE")) },
      },
      {
        signature: "/(a: timespan, b: real): timespan",
        lower: { duckdb: (a, b) => attempt(cast(call("trunc", divide(cast(a, "DOUBLE"), b)), "BIGINT")) },
      },
    ],
    examples: [
      ["-7 / 2", "-3", "cut toward zero"],
      ["1 / 0", "long(null)", "by zero"],
    ],
  }),
  scalarFunction({
    name: "%",
    summary: "Remainder, never negative.",
    overloads: [
      { signature: "%(a: long, b: long): long", lower: { duckdb: modulo } },
      { signature: "%(a: real, b: real): real", lower: { duckdb: realModulo } },
      {
        signature: "%(a: decimal, b: decimal): decimal",
        lower: { duckdb: (a, b) => attempt(cast(remainder(a, b), "DECIMAL(38,18)")) },
      },
      { signature: "%(a: timespan, b: timespan): timespan", lower: { duckdb: modulo } },
    ],
    examples: [
      ["-10 % 4", "2", "never negative"],
      ["10 % -4", "2", "never negative"],
    ],
  }),
  scalarFunction({
    name: "unary -",
    summary: "The negative.",
    overloads: [
      { signature: "-(a: long): long", nulls: "propagate", lower: { duckdb: (a) => subtractLong(number(0), a) } },
      { signature: "-(a: real): real", nulls: "propagate", lower: { duckdb: negate } },
      { signature: "-(a: decimal): decimal", nulls: "propagate", lower: { duckdb: negate } },
      { signature: "-(a: timespan): timespan", nulls: "propagate", lower: { duckdb: (a) => attempt(negate(a)) } },
    ],
  }),
];
