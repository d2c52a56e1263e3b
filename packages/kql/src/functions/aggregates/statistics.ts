import type { SqlExpr } from "../../sql/ast.ts";
import { aggregate, call, cast, coalesce, number, real } from "../../sql/build.ts";
import { type AggregateFunction, type AggregateLowering, aggregateFunction, type GroupFacts } from "../aggregate.ts";

/**
 * DuckDB's `var_samp()` and `stddev_samp()` kill the query where the result is not finite; covariance gives NaN or
 * Infinity, as Kusto. Of fewer than two values the result is 0.
 */
function covariance(group: GroupFacts, kind: "samp" | "pop", x: SqlExpr, y: SqlExpr): SqlExpr {
  const made = aggregate(`covar_${kind}`, [cast(x, "DOUBLE"), cast(y, "DOUBLE")], { filter: group.filter });
  return coalesce(made, real(0));
}

const variance =
  (kind: "samp" | "pop"): AggregateLowering =>
  (group, of = number(0)) =>
    covariance(group, kind, of, of);

const deviation =
  (kind: "samp" | "pop"): AggregateLowering =>
  (group, of = number(0)) =>
    call("sqrt", covariance(group, kind, of, of));

const types = ["long", "real", "decimal", "timespan", "datetime"] as const;

function ofOne(name: string, summary: string, lower: AggregateLowering): AggregateFunction {
  const conditional = name.endsWith("if");
  return aggregateFunction({
    name,
    summary,
    ...(conditional ? { condition: 1 } : {}),
    overloads: types.map((type) => ({
      signature: `${name}(value: ${type}${conditional ? ", condition: bool" : ""}): real`,
      nulls: "never" as const,
      lower: { duckdb: lower },
    })),
  });
}

function ofTwo(name: string, kind: "samp" | "pop"): AggregateFunction {
  const conditional = name.endsWith("if");
  return aggregateFunction({
    name,
    summary: `The ${kind === "pop" ? "population" : "sample"} covariance.`,
    ...(conditional ? { condition: 2 } : {}),
    signature: `${name}(x: real, y: real${conditional ? ", condition: bool" : ""}): real`,
    nulls: "never",
    lower: { duckdb: (group, x = number(0), y = number(0)) => covariance(group, kind, x, y) },
  });
}

export const statisticAggregates: readonly AggregateFunction[] = [
  ...["stdev", "stdevif"].map((name) => ofOne(name, "The standard deviation of a sample.", deviation("samp"))),
  ...["stdevp"].map((name) => ofOne(name, "The standard deviation of a population.", deviation("pop"))),
  ...["variance", "varianceif"].map((name) => ofOne(name, "The variance of a sample.", variance("samp"))),
  ...["variancep", "variancepif"].map((name) => ofOne(name, "The variance of a population.", variance("pop"))),
  ...["covariance", "covarianceif"].map((name) => ofTwo(name, "samp")),
  ...["covariancep", "covariancepif"].map((name) => ofTwo(name, "pop")),
];
