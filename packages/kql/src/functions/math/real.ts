import type { SqlExpr } from "../../sql/ast.ts";
import {
  call,
  cases,
  choose,
  divide,
  equal,
  greater,
  less,
  multiply,
  nothing,
  once,
  or,
  real,
} from "../../sql/build.ts";
import { type Example, type ScalarFunction, scalarFunction } from "../define.ts";

type Unary = (x: SqlExpr) => SqlExpr;

/** A function of one real. */
const row = (name: string, summary: string, lower: Unary, examples: readonly Example[] = []): ScalarFunction =>
  scalarFunction({
    name,
    summary,
    signature: `${name}(number: real): real`,
    lower: { duckdb: lower },
    examples,
  });

const nan: SqlExpr = real(Number.NaN);
const null_: SqlExpr = nothing("DOUBLE");
const infinite: Unary = (x) => call("isinf", x);

/** DuckDB fails the query outside a function's domain; Kusto answers null or NaN. */
const outside =
  (test: Unary, answer: SqlExpr, of: Unary): Unary =>
  (arg) =>
    once(arg, (x) => choose(test(x), answer, of(x)));

/** Null below zero, minus infinity at zero. */
const logarithm =
  (name: string): Unary =>
  (arg) =>
    once(arg, (x) =>
      cases(
        [
          [less(x, real(0)), null_],
          [equal(x, real(0)), real(Number.NEGATIVE_INFINITY)],
        ],
        call(name, x),
      ),
    );

const wave = (name: string): Unary => outside(infinite, nan, (x) => call(name, x));
const arc = (name: string): Unary =>
  outside(
    (x) => or(less(x, real(-1)), greater(x, real(1))),
    null_,
    (x) => call(name, x),
  );

const names: Readonly<Record<string, string>> = {
  beta_cdf: "cumulative probability",
  beta_inv: "value at a cumulative probability (null where there is none)",
  beta_pdf: "density",
};

export const realFunctions: readonly ScalarFunction[] = [
  row(
    "sqrt",
    "The square root; NaN below zero.",
    outside(
      (x) => less(x, real(0)),
      nan,
      (x) => call("sqrt", x),
    ),
    [["isnan(sqrt(-1.0))", "true"]],
  ),
  row("exp", "e to the power of a number.", (x) => call("exp", x)),
  row("exp2", "2 to the power of a number.", (x) => call("pow", real(2), x), [["exp2(3)", "8.0"]]),
  row("exp10", "10 to the power of a number.", (x) => call("pow", real(10), x), [["exp10(2)", "100.0"]]),
  row("log", "The natural logarithm; null below zero.", logarithm("ln"), [
    ["log(-1.0)", "real(null)", "null, not NaN"],
    ["isinf(log(0.0))", "true"],
  ]),
  row("log2", "The logarithm to the base 2; null below zero.", logarithm("log2")),
  row("log10", "The logarithm to the base 10; null below zero.", logarithm("log10")),
  row("sin", "The sine.", wave("sin")),
  row("cos", "The cosine.", wave("cos")),
  row("tan", "The tangent.", wave("tan")),
  row("cot", "The cotangent.", (arg) => once(arg, (x) => divide(wave("cos")(x), wave("sin")(x)))),
  row("asin", "The angle of a sine; null outside -1 to 1.", arc("asin")),
  row("acos", "The angle of a cosine; null outside -1 to 1.", arc("acos")),
  row("atan", "The angle of a tangent.", (x) => call("atan", x)),
  row("degrees", "Radians as degrees.", (x) => multiply(x, real(180 / Math.PI)), [["degrees(pi()*1.5)", "270.0"]]),
  row("radians", "Degrees as radians.", (x) => multiply(x, real(Math.PI / 180))),
  row(
    "gamma",
    "The gamma function.",
    outside(
      (x) => equal(x, real(0)),
      real(Number.POSITIVE_INFINITY),
      (x) => call("gamma", x),
    ),
    [["gamma(5)", "24.0"]],
  ),
  row(
    "loggamma",
    "The natural logarithm of the gamma function's size.",
    outside(
      (x) => equal(x, real(0)),
      real(Number.POSITIVE_INFINITY),
      (x) => call("lgamma", x),
    ),
  ),
  row("erf", "The error function.", (x) => call("goshawk_erf", x)),
  row("erfc", "One less the error function.", (x) => call("goshawk_erfc", x)),
  scalarFunction({
    name: "pi",
    summary: "The ratio of a circle's circumference to its diameter.",
    signature: "pi(): real",
    nulls: "never",
    lower: { duckdb: () => real(Math.PI) },
    fold: () => Math.PI,
  }),
  scalarFunction({
    name: "pow",
    summary: "A number to the power of another; NaN where there is none.",
    signature: "pow(base: real, exponent: real): real",
    nulls: "propagate",
    lower: { duckdb: (base, exponent) => call("pow", base, exponent) },
    fold: (base, exponent) => Number(base) ** Number(exponent),
    examples: [["pow(2, -1)", "0.5", "a real, whatever the arguments"]],
  }),
  scalarFunction({
    name: "atan2",
    summary: "The angle between the x axis and the point (y, x).",
    signature: "atan2(y: real, x: real): real",
    nulls: "propagate",
    lower: { duckdb: (y, x) => call("atan2", y, x) },
    examples: [["atan2(0, -1)", "3.141592653589793"]],
  }),
  scalarFunction({
    name: "rand",
    summary: "A random number from 0 to below 1, or a whole one from 0 to below N.",
    overloads: [
      { signature: "rand(): real", nulls: "never", lower: { duckdb: () => call("random") } },
      {
        signature: "rand(count: real): real",
        lower: { duckdb: (count) => call("floor", multiply(call("random"), count)) },
      },
    ],
  }),
  scalarFunction({
    name: "isnan",
    summary: "Whether a real is NaN.",
    signature: "isnan(number: real): bool",
    nulls: "propagate",
    lower: { duckdb: (x) => call("isnan", x) },
    examples: [["isnan(toreal(long(null)))", "bool(null)", "null stays null"]],
  }),
  scalarFunction({
    name: "isinf",
    summary: "Whether a real is infinite.",
    signature: "isinf(number: real): bool",
    nulls: "propagate",
    lower: { duckdb: (x) => call("isinf", x) },
  }),
  scalarFunction({
    name: "isfinite",
    summary: "Whether a real is neither infinite nor NaN.",
    signature: "isfinite(number: real): bool",
    nulls: "propagate",
    lower: { duckdb: (x) => call("isfinite", x) },
  }),
  ...["beta_cdf", "beta_inv", "beta_pdf"].map((name) =>
    scalarFunction({
      name,
      summary: `The beta distribution's ${names[name] ?? ""}; NaN outside its domain.`,
      signature: `${name}(x: real, alpha: real, beta: real): real`,
      lower: { duckdb: (x, alpha, beta) => call(`goshawk_${name}`, x, alpha, beta) },
    }),
  ),
  scalarFunction({
    name: "welch_test",
    summary: "The probability that two samples' means differ by chance, by Welch's test.",
    signature:
      "welch_test(mean1: real, variance1: real, count1: real, mean2: real, variance2: real, count2: real): real",
    lower: { duckdb: (...args) => call("goshawk_welch_test", ...args) },
  }),
];
