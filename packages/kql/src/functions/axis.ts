import type { DiagnosticFacts } from "../diagnostics/diagnostic.ts";
import { runTimeFault } from "../diagnostics/runTimeFault.ts";
import type { SqlExpr } from "../sql/ast.ts";
import {
  add,
  attempt,
  call,
  cast,
  choose,
  divide,
  greater,
  greaterOrEqual,
  multiply,
  number,
  once,
  quotient,
  remainder,
  subtract,
  text,
} from "../sql/build.ts";
import { type ScalarFunction, scalarFunction, typed } from "./define.ts";
import { LONGEST } from "./host/ranges.ts";

const tooManySteps: DiagnosticFacts["too-much"] = {
  what: "'make-series' has more than 1,048,576 steps, as many as an array of Kusto holds.",
  next: "Set 'from' and 'to', filter the axis, or take a larger step.",
};

const positive = (step: SqlExpr): SqlExpr =>
  once(step, (size) => choose(greater(size, number(0)), size, { kind: "value", value: null }));

/** Whole steps from `base` to `x`, rounded down; null without a positive step. */
function steps(x: SqlExpr, base: SqlExpr, step: SqlExpr): SqlExpr {
  return once(positive(step), (size) =>
    once(attempt(subtract(x, base)), (distance) => {
      const rest = remainder(add(remainder(distance, size), size), size);
      return attempt(quotient(subtract(distance, rest), size));
    }),
  );
}

const realSteps = (x: SqlExpr, base: SqlExpr, step: SqlExpr): SqlExpr =>
  attempt(cast(call("floor", divide(subtract(x, base), positive(step))), "BIGINT"));

const realStepsBefore = (x: SqlExpr, base: SqlExpr, step: SqlExpr): SqlExpr =>
  attempt(subtract(cast(call("ceil", divide(subtract(x, base), positive(step))), "BIGINT"), number(1)));

const at = (index: SqlExpr, base: SqlExpr, step: SqlExpr): SqlExpr =>
  attempt(cast(add(multiply(cast(index, "HUGEINT"), step), base), "BIGINT"));

const axes = [
  ["datetime", "timespan"],
  ["timespan", "timespan"],
  ["long", "long"],
] as const;

/** The axis of `make-series`, in steps from its base; no query can name these. */
export const axisFunctions: readonly ScalarFunction[] = [
  scalarFunction({
    name: "axis index",
    summary: "How many whole steps a value is from the base.",
    overloads: [
      ...axes.map(([type, step]) => ({
        signature: `axis index(x: ${type}, base: ${type}, step: ${step}): long`,
        lower: { duckdb: steps },
      })),
      { signature: "axis index(x: real, base: real, step: real): long", lower: { duckdb: realSteps } },
    ],
  }),
  scalarFunction({
    name: "last axis index before",
    summary: "The last step that lies before an end, which itself is left out.",
    overloads: [
      ...axes.map(([type, step]) => ({
        signature: `last axis index before(end: ${type}, base: ${type}, step: ${step}): long`,
        lower: {
          duckdb: (end: SqlExpr, base: SqlExpr, size: SqlExpr) => steps(subtract(end, number(1)), base, size),
        },
      })),
      {
        signature: "last axis index before(end: real, base: real, step: real): long",
        lower: { duckdb: realStepsBefore },
      },
    ],
  }),
  scalarFunction({
    name: "last step",
    signature: "last step(first: long, last: long): long",
    summary: "The last of a series' steps; the query ends where they are more than an array holds.",
    lower: {
      duckdb: typed(({ origin }, first, last) =>
        choose(
          greaterOrEqual(subtract(last, first), number(LONGEST)),
          call("error", text(runTimeFault(origin, tooManySteps))),
          last,
        ),
      ),
    },
  }),
  scalarFunction({
    name: "axis value",
    summary: "The value so many steps from the base.",
    overloads: [
      ...axes.map(([type, step]) => ({
        signature: `axis value(index: long, base: ${type}, step: ${step}): ${type}`,
        lower: { duckdb: at },
      })),
      {
        signature: "axis value(index: long, base: real, step: real): real",
        lower: { duckdb: (index, base, step) => add(base, multiply(index, step)) },
      },
    ],
  }),
];
