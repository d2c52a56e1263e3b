import type { SqlExpr } from "../../sql/ast.ts";
import {
  aggregate,
  attempt,
  call,
  cast,
  choose,
  coalesce,
  divide,
  lessOrEqual,
  nothing,
  number,
  once,
  quotient,
  real,
  tryCast,
} from "../../sql/build.ts";
import type { KqlType } from "../../values/type.ts";
import { type AggregateFunction, type AggregateLowering, aggregateFunction, type GroupFacts } from "../aggregate.ts";
import { unsupported } from "../define.ts";
import { wrap } from "../long.ts";

const plain =
  (name: string): AggregateLowering =>
  (group, of) =>
    aggregate(name, of === undefined ? [] : [of], { filter: group.filter });

const orderedTypes = ["int", "long", "real", "decimal", "datetime", "timespan", "string", "bool", "guid"] as const;

/** A function and its conditional twin: `sum(x)` and `sumif(x, p)`. */
function withCondition(
  name: string,
  summary: string,
  overloads: readonly {
    readonly type: KqlType;
    readonly result: KqlType;
    readonly lower: AggregateLowering;
    readonly never?: boolean;
  }[],
): readonly AggregateFunction[] {
  return ["", "if"].map((suffix) =>
    aggregateFunction({
      name: `${name}${suffix}`,
      ...(suffix === "" ? {} : { condition: 1 }),
      summary,
      overloads: overloads.map(({ type, result, lower, never }) => ({
        signature: `${name}${suffix}(value: ${type}${suffix === "" ? "" : ", condition: bool"}): ${result}`,
        nulls: never === true ? ("never" as const) : ("possible" as const),
        lower: { duckdb: lower },
      })),
    }),
  );
}

/** NaN is the extreme wherever it occurs; DuckDB counts it as the greatest number only. */
const leastReal: AggregateLowering = (group, of = number(0)) =>
  choose(
    aggregate("bool_or", [call("isnan", of)], { filter: group.filter }),
    real(Number.NaN),
    aggregate("min", [of], { filter: group.filter }),
  );

function extreme(name: "min" | "max"): readonly AggregateFunction[] {
  return withCondition(
    name,
    `The ${name}imum; null of nothing.`,
    orderedTypes.map((type) => ({
      type,
      result: type,
      lower: type === "real" && name === "min" ? leastReal : plain(name),
    })),
  );
}

const total = (group: GroupFacts, of: SqlExpr): SqlExpr => aggregate("sum", [of], { filter: group.filter });
const counted = (group: GroupFacts, of: SqlExpr): SqlExpr => aggregate("count", [of], { filter: group.filter });

const sumLong: AggregateLowering = (group, of = number(0)) =>
  coalesce(wrap(cast(total(group, of), "HUGEINT")), number(0));
const sumReal: AggregateLowering = (group, of = number(0)) => coalesce(total(group, of), real(0));
const sumTicks: AggregateLowering = (group, of = number(0)) => coalesce(tryCast(total(group, of), "BIGINT"), number(0));
const LAST_DATETIME = 3_155_378_975_999_999_999n;
const sumDatetime: AggregateLowering = (group, of = number(0)) =>
  once(sumTicks(group, of), (ticks) => choose(lessOrEqual(ticks, number(LAST_DATETIME)), ticks, nothing("BIGINT")));
const sumDecimal: AggregateLowering = (group, of = number(0)) => coalesce(total(group, of), cast(number(0), "DECIMAL"));

const averageReal: AggregateLowering = (group, of = number(0)) =>
  coalesce(aggregate("avg", [cast(of, "DOUBLE")], { filter: group.filter }), real(Number.NaN));
/** The mean of longs comes from their wrapped sum, as Kusto's. */
const averageLong: AggregateLowering = (group, of = number(0)) =>
  coalesce(
    divide(cast(wrap(cast(total(group, of), "HUGEINT")), "DOUBLE"), cast(counted(group, of), "DOUBLE")),
    real(Number.NaN),
  );
const averageTicks: AggregateLowering = (group, of = number(0)) =>
  tryCast(quotient(cast(total(group, of), "HUGEINT"), counted(group, of)), "BIGINT");
const averageDecimal: AggregateLowering = (group, of = number(0)) =>
  attempt(cast(divide(total(group, of), call("nullif", counted(group, of), number(0))), "DECIMAL"));

const rows: AggregateLowering = (group) => aggregate("count", [number(1)], { filter: group.filter });

export const basicAggregates: readonly AggregateFunction[] = [
  aggregateFunction({
    name: "count",
    aliases: ["cnt"],
    summary: "The number of rows, nulls too.",
    overloads: [
      { signature: "count(): long", nulls: "never", lower: { duckdb: rows } },
      {
        signature: "count(predicate: bool): long",
        lower: { duckdb: unsupported("what count() makes of a bool is documented nowhere; countif() counts") },
      },
      { signature: "count(value: any): long", nulls: "never", lower: { duckdb: rows } },
    ],
  }),
  aggregateFunction({
    name: "countif",
    condition: 0,
    summary: "The number of rows for which a condition holds.",
    signature: "countif(condition: bool): long",
    nulls: "never",
    lower: { duckdb: rows },
  }),
  ...extreme("min"),
  ...extreme("max"),
  ...withCondition("sum", "The sum; 0 of nothing; a long wraps around.", [
    { type: "long", result: "long", lower: sumLong, never: true },
    { type: "real", result: "real", lower: sumReal, never: true },
    { type: "decimal", result: "decimal", lower: sumDecimal, never: true },
    { type: "timespan", result: "timespan", lower: sumTicks, never: true },
    { type: "datetime", result: "datetime", lower: sumDatetime },
  ]),
  ...withCondition("avg", "The mean; NaN of no numbers, null of no times.", [
    { type: "long", result: "real", lower: averageLong, never: true },
    { type: "real", result: "real", lower: averageReal, never: true },
    { type: "decimal", result: "decimal", lower: averageDecimal },
    { type: "timespan", result: "timespan", lower: averageTicks },
    { type: "datetime", result: "datetime", lower: averageTicks },
  ]),
];
