import type { SqlExpr } from "../../sql/ast.ts";
import { aggregate, and, call, cast, constantNumber, constantText, isNotNull, list, real } from "../../sql/build.ts";
import type { KqlType } from "../../values/type.ts";
import { type AggregateFunction, type AggregateLowering, aggregateFunction, type GroupFacts } from "../aggregate.ts";
import { unsupported } from "../define.ts";
import { jsonOf } from "../dynamic/sql.ts";

const types = ["long", "real", "datetime", "timespan", "string", "bool", "guid"] as const;
const weighable = ["long", "real", "datetime", "timespan"] as const;

/** Percent as a fraction, without the noise of the division (99.9 / 100 is not 0.999 in binary). */
function fraction(percent: number): SqlExpr {
  const share = Number((percent / 100).toPrecision(15));
  return real(Math.min(Math.max(share, 0), 1));
}

/** A value of the data: that of the nearest rank. */
function percentileOf(group: GroupFacts, of: SqlExpr, percent: number): SqlExpr {
  return aggregate("quantile_disc", [of, fraction(percent)], { filter: group.filter });
}

/** All values with their weights as JSON, for `goshawk_weighted_percentile`. */
function weighted(group: GroupFacts, of: SqlExpr, weight: SqlExpr): SqlExpr {
  const known = and(isNotNull(of), isNotNull(weight));
  const filter = group.filter === undefined ? known : and(group.filter, known);
  const item: SqlExpr = call("to_json", list(jsonOf(undefined, of), call("to_json", weight)));
  return cast(call("to_json", aggregate("list", [item], { filter })), "VARCHAR");
}

/** The percents that constant arguments name: numbers, or one array of them. */
function percentsOf(args: readonly SqlExpr[]): readonly number[] {
  const [first] = args;
  const array = constantText(first);
  if (args.length === 1 && array !== undefined) {
    const parsed: unknown = JSON.parse(array);
    return (Array.isArray(parsed) ? parsed : [parsed]).map(Number);
  }
  return args.map((arg) => constantNumber(arg) ?? Number.NaN);
}

const simple =
  (): AggregateLowering =>
  (group, of = real(0), ...percents) =>
    percentileOf(group, of, percentsOf(percents)[0] ?? 0);

const simpleArray =
  (type: KqlType): AggregateLowering =>
  (group, of = real(0), ...percents) => {
    const items = percentsOf(percents).map((percent) => jsonOf(type, percentileOf(group, of, percent)));
    return cast(call("to_json", list(...items)), "VARCHAR");
  };

const oneWeighted =
  (type: KqlType): AggregateLowering =>
  (group, of = real(0), weight = real(0), ...percents) =>
    weightedPercentile(group, type, of, weight, percentsOf(percents)[0] ?? 0);

function weightedPercentile(group: GroupFacts, type: KqlType, of: SqlExpr, weight: SqlExpr, percent: number): SqlExpr {
  const found = call("goshawk_weighted_percentile", weighted(group, of, weight), real(percent));
  return cast(found, type === "real" ? "DOUBLE" : "BIGINT");
}

const weightedArray =
  (type: KqlType): AggregateLowering =>
  (group, of = real(0), weight = real(0), ...percents) => {
    const items = percentsOf(percents).map((percent) =>
      jsonOf(type, weightedPercentile(group, type, of, weight, percent)),
    );
    return cast(call("to_json", list(...items)), "VARCHAR");
  };

const dynamicValue = unsupported("percentiles of dynamic values need a type; tolong() or todouble() gives one");

export const percentileAggregates: readonly AggregateFunction[] = [
  aggregateFunction({
    name: "percentile",
    aliases: ["percentiles"],
    summary: "The value of the nearest rank.",
    constantsFrom: 1,
    overloads: [
      ...types.map((type) => ({
        signature: `percentile(value: ${type}, percent: real): ${type}`,
        lower: { duckdb: simple() },
      })),
      {
        signature: "percentile(value: decimal, percent: real): real",
        lower: { duckdb: (group, of = real(0), ...percents) => cast(simple()(group, of, ...percents), "DOUBLE") },
      },
      { signature: "percentile(value: dynamic, percent: real): dynamic", lower: { duckdb: dynamicValue } },
    ],
  }),
  aggregateFunction({
    name: "percentiles_array",
    summary: "The values of the nearest ranks, as an array.",
    constantsFrom: 1,
    overloads: [...types, "decimal" as const].flatMap((type) =>
      ["percent: real, ...more: real", "percents: dynamic"].map((rest) => ({
        signature: `percentiles_array(value: ${type}, ${rest}): dynamic`,
        nulls: "never" as const,
        lower: { duckdb: simpleArray(type) },
      })),
    ),
  }),
  aggregateFunction({
    name: "percentilew",
    aliases: ["percentilesw"],
    constantsFrom: 2,
    summary: "The value of the nearest rank, each value as often as its weight says.",
    overloads: weighable.map((type) => ({
      signature: `percentilew(value: ${type}, weight: long, percent: real): ${type}`,
      lower: { duckdb: oneWeighted(type) },
    })),
  }),
  aggregateFunction({
    name: "percentilesw_array",
    summary: "The weighted values of the nearest ranks, as an array.",
    constantsFrom: 2,
    overloads: weighable.flatMap((type) =>
      ["percent: real, ...more: real", "percents: dynamic"].map((rest) => ({
        signature: `percentilesw_array(value: ${type}, weight: long, ${rest}): dynamic`,
        nulls: "never" as const,
        lower: { duckdb: weightedArray(type) },
      })),
    ),
  }),
];
