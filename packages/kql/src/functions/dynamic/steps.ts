import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  and,
  attempt,
  call,
  cases,
  cast,
  coalesce,
  divide,
  greater,
  greaterOrEqual,
  less,
  lessOrEqual,
  multiply,
  number,
  quotient,
  real,
  subtract,
  tryCast,
} from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

const wide = (of: SqlExpr): SqlExpr => cast(of, "HUGEINT");

/** Whether steps lead from one end to the other at all. */
function counted(from: SqlExpr, to: SqlExpr, step: SqlExpr, zero: SqlExpr, count: SqlExpr): SqlExpr {
  const upward = and(greater(step, zero), lessOrEqual(from, to));
  const downward = and(less(step, zero), greaterOrEqual(from, to));
  const known = cases(
    [
      [upward, count],
      [downward, count],
    ],
    number(0),
  );
  return coalesce(attempt(known), number(0));
}

const wholeSteps = (from: SqlExpr, to: SqlExpr, step: SqlExpr): SqlExpr =>
  counted(
    from,
    to,
    step,
    number(0),
    tryCast(add(quotient(subtract(wide(to), wide(from)), wide(step)), number(1)), "BIGINT"),
  );

const realSteps = (from: SqlExpr, to: SqlExpr, step: SqlExpr): SqlExpr =>
  counted(from, to, step, real(0), tryCast(add(call("floor", divide(subtract(to, from), step)), real(1)), "BIGINT"));

const wholeStep = (from: SqlExpr, step: SqlExpr, index: SqlExpr): SqlExpr =>
  cast(add(wide(from), multiply(wide(step), wide(index))), "BIGINT");

const realStep = (from: SqlExpr, step: SqlExpr, index: SqlExpr): SqlExpr =>
  add(from, multiply(step, cast(index, "DOUBLE")));

const kinds = [
  ["long", "long"],
  ["datetime", "timespan"],
  ["timespan", "timespan"],
  ["real", "real"],
] as const;

/** What the `range` operator counts with; no query can name these. */
export const rangeSteps: readonly ScalarFunction[] = [
  scalarFunction({
    name: "range steps",
    summary: "How many values there are from one end to the other, both included; none in the wrong direction.",
    overloads: kinds.map(([type, step]) => ({
      signature: `range steps(from: ${type}, to: ${type}, step: ${step}): long`,
      nulls: "never" as const,
      lower: { duckdb: type === "real" ? realSteps : wholeSteps },
      fold: (from, to, by) => (type === "real" ? undefined : foldedSteps(BigInt(from), BigInt(to), BigInt(by))),
    })),
  }),
  scalarFunction({
    name: "range step",
    summary: "The value after some steps.",
    overloads: kinds.map(([type, step]) => ({
      signature: `range step(from: ${type}, step: ${step}, index: long): ${type}`,
      nulls: "propagate" as const,
      lower: { duckdb: type === "real" ? realStep : wholeStep },
    })),
  }),
];

function foldedSteps(from: bigint, to: bigint, step: bigint): bigint {
  const leads = (step > 0n && from <= to) || (step < 0n && from >= to);
  return leads ? (to - from) / step + 1n : 0n;
}
