import type { SqlExpr } from "../../sql/ast.ts";
import {
  attempt,
  call,
  cases,
  cast,
  choose,
  greater,
  less,
  nothing,
  number,
  once,
  or,
  real,
  subtract,
} from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

const isNan = (x: SqlExpr): SqlExpr => call("isnan", x);

/** More digits than a real has change nothing; DuckDB's round takes an int. */
const places = (precision: SqlExpr): SqlExpr =>
  cast(call("least", call("greatest", precision, number(-400)), number(400)), "INTEGER");

/** One of several numbers, nulls passed over; NaN where one is NaN. */
function extreme(name: "greatest" | "least", ...args: readonly SqlExpr[]): SqlExpr {
  return choose(
    or(...args.map((arg) => call("coalesce", isNan(arg), { kind: "value", value: false }))),
    real(Number.NaN),
    call(name, ...args),
  );
}

function extremeRow(name: "max_of" | "min_of", summary: string, of: "greatest" | "least"): ScalarFunction {
  return scalarFunction({
    name,
    summary,
    overloads: [
      { signature: `${name}(value: real, ...more: real): real`, lower: { duckdb: (...args) => extreme(of, ...args) } },
      ...["int", "long", "decimal", "datetime", "timespan", "string", "bool", "guid"].map((type) => ({
        signature: `${name}(value: ${type}, ...more: ${type}): ${type}`,
        lower: { duckdb: (...args: readonly SqlExpr[]) => call(of, ...args) },
      })),
    ],
    examples: [[`${name}(long(null), 5)`, "5", "nulls are passed over"]],
  });
}

export const rounding: readonly ScalarFunction[] = [
  scalarFunction({
    name: "abs",
    summary: "The size of a number or timespan.",
    overloads: [
      {
        signature: "abs(number: long): long",
        lower: {
          // The least long has no positive counterpart and stays as it is.
          duckdb: (of) =>
            once(of, (x) => choose(less(x, number(0)), call("coalesce", attempt(subtract(number(0), x)), x), x)),
        },
      },
      { signature: "abs(number: real): real", nulls: "propagate", lower: { duckdb: (x) => call("abs", x) } },
      { signature: "abs(number: decimal): decimal", nulls: "propagate", lower: { duckdb: (x) => call("abs", x) } },
      {
        signature: "abs(span: timespan): timespan",
        lower: { duckdb: (of) => attempt(call("abs", of)) },
      },
    ],
    examples: [
      ["abs(-5)", "5"],
      ["abs(-1h)", "time(1h)"],
    ],
  }),
  scalarFunction({
    name: "sign",
    summary: "-1, 0 or 1, as a real.",
    signature: "sign(number: real): real",
    lower: {
      duckdb: (of) =>
        once(of, (x) =>
          cases(
            [
              [isNan(x), real(0)],
              [greater(x, real(0)), real(1)],
              [less(x, real(0)), real(-1)],
              [{ kind: "operation", operator: "is null", args: [x] }, nothing("DOUBLE")],
            ],
            real(0),
          ),
        ),
    },
    examples: [["sign(-42)", "-1.0"]],
  }),
  scalarFunction({
    name: "ceiling",
    summary: "The least whole number not below a number, as a real.",
    overloads: [
      { signature: "ceiling(number: real): real", nulls: "propagate", lower: { duckdb: (x) => call("ceil", x) } },
      {
        signature: "ceiling(number: decimal): decimal",
        lower: { duckdb: (x) => attempt(cast(call("ceil", x), "DECIMAL")) },
      },
    ],
    examples: [
      ["ceiling(-1.1)", "-1.0"],
      ["ceiling(0)", "0.0", "a real, though the argument is whole"],
    ],
  }),
  scalarFunction({
    name: "round",
    summary: "A number to so many digits after the point, halves away from zero.",
    overloads: [
      {
        signature: "round(number: real, precision?: long): real",
        lower: {
          duckdb: (of, precision) =>
            precision === undefined ? call("round", of) : call("round", of, places(precision)),
        },
      },
      {
        signature: "round(number: decimal, precision?: long): decimal",
        lower: {
          duckdb: (of, precision) =>
            attempt(
              cast(precision === undefined ? call("round", of) : call("round", of, places(precision)), "DECIMAL"),
            ),
        },
      },
    ],
    examples: [
      ["round(2.5)", "3.0", "halves away from zero"],
      ["round(-50.55, -2)", "-100.0", "digits before the point"],
      ["round(2.98765, 3)", "2.988"],
    ],
  }),
  extremeRow("max_of", "The greatest of several values.", "greatest"),
  extremeRow("min_of", "The least of several values.", "least"),
];
