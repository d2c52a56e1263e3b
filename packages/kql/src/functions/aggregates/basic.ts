import type { SqlExpr } from "../../sql/ast.ts";
import { aggregate, and, call, cast, coalesce, isNotNull, not, number, tryCast } from "../../sql/build.ts";
import { type AggregateFunction, type AggregateLowering, aggregateFunction, type GroupFacts } from "../aggregate.ts";
import { wrap } from "../long.ts";

const plain =
  (name: string): AggregateLowering =>
  (group, of) =>
    aggregate(name, of === undefined ? [] : [of], { filter: group.filter });

const orderedTypes = ["long", "real", "decimal", "datetime", "timespan", "string", "bool", "guid"] as const;

function extreme(name: "min" | "max"): readonly AggregateFunction[] {
  const overloads = (condition: string) =>
    orderedTypes.map((type) => ({
      signature: `${name}(value: ${type}${condition}): ${type}`,
      lower: { duckdb: type === "real" ? realExtreme(name) : plain(name) },
    }));
  return [
    aggregateFunction({ name, summary: `The ${name}imum; null of nothing.`, overloads: overloads("") }),
    aggregateFunction({
      name: `${name}if`,
      condition: 1,
      summary: `The ${name}imum where a condition holds.`,
      overloads: overloads(", condition: bool"),
    }),
  ];
}

/** DuckDB counts NaN as the greatest number; Kusto leaves it out of min and max. */
const realExtreme =
  (name: string): AggregateLowering =>
  (group, of = number(0)) =>
    aggregate(name, [of], { filter: both(group.filter, not(call("isnan", of))) });

function both(a: SqlExpr | undefined, b: SqlExpr): SqlExpr {
  return a === undefined ? b : and(a, b);
}

const sumLong: AggregateLowering = (group, of = number(0)) =>
  coalesce(wrap(cast(aggregate("sum", [of], { filter: group.filter }), "HUGEINT")), number(0));
const sumReal: AggregateLowering = (group, of = number(0)) =>
  coalesce(aggregate("sum", [of], { filter: group.filter }), cast(number(0), "DOUBLE"));
const sumTicks: AggregateLowering = (group, of = number(0)) =>
  coalesce(tryCast(aggregate("sum", [of], { filter: group.filter }), "BIGINT"), number(0));
const averageReal: AggregateLowering = (group, of = number(0)) =>
  coalesce(aggregate("avg", [cast(of, "DOUBLE")], { filter: group.filter }), { kind: "value", value: Number.NaN });
/** The mean of longs comes from their wrapped sum, as Kusto's. */
const averageLong: AggregateLowering = (group, of = number(0)) => {
  const total = wrap(cast(aggregate("sum", [of], { filter: group.filter }), "HUGEINT"));
  const count = aggregate("count", [of], { filter: group.filter });
  return coalesce(
    { kind: "operation", operator: "/", args: [cast(total, "DOUBLE"), cast(count, "DOUBLE")] },
    { kind: "value", value: Number.NaN },
  );
};

/** The value of the row where `by` is greatest (least); the first such row where order is known. */
const argExtreme =
  (name: "arg_max" | "arg_min"): AggregateLowering =>
  (group, of = number(0), by = number(0)) => {
    const packed: SqlExpr = { kind: "struct", fields: [{ name: "v", value: of }] };
    const picked = aggregate(name, [packed, by], { filter: both(group.filter, isNotNull(by)) });
    return { kind: "field", arg: picked, name: "v" };
  };

const takeAny: AggregateLowering = (group: GroupFacts, of = number(0)) =>
  aggregate("any_value", [of], { filter: group.filter });

export const basicAggregates: readonly AggregateFunction[] = [
  aggregateFunction({
    name: "count",
    summary: "The number of rows, nulls too.",
    overloads: [
      {
        signature: "count(): long",
        nulls: "never",
        lower: { duckdb: (group) => aggregate("count", [number(1)], { filter: group.filter }) },
      },
      {
        signature: "count(value: any): long",
        nulls: "never",
        lower: { duckdb: (group) => aggregate("count", [number(1)], { filter: group.filter }) },
      },
    ],
  }),
  aggregateFunction({
    name: "countif",
    condition: 0,
    summary: "The number of rows for which a condition holds.",
    signature: "countif(condition: bool): long",
    nulls: "never",
    lower: { duckdb: (group) => aggregate("count", [number(1)], { filter: group.filter }) },
  }),
  ...extreme("min"),
  ...extreme("max"),
  ...["sum", "sumif"].map((name) =>
    aggregateFunction({
      name,
      ...(name === "sumif" ? { condition: 1 } : {}),
      summary: "The sum; 0 of nothing; a long wraps around.",
      overloads: (
        [
          ["long", sumLong],
          ["real", sumReal],
          ["timespan", sumTicks],
        ] as const
      ).map(([type, lower]) => ({
        signature: `${name}(value: ${type}${name === "sumif" ? ", condition: bool" : ""}): ${type}`,
        nulls: "never" as const,
        lower: { duckdb: lower },
      })),
    }),
  ),
  ...["avg", "avgif"].map((name) =>
    aggregateFunction({
      name,
      ...(name === "avgif" ? { condition: 1 } : {}),
      summary: "The mean; NaN of nothing.",
      overloads: (
        [
          ["long", averageLong],
          ["real", averageReal],
        ] as const
      ).map(([type, lower]) => ({
        signature: `${name}(value: ${type}${name === "avgif" ? ", condition: bool" : ""}): real`,
        nulls: "never" as const,
        lower: { duckdb: lower },
      })),
    }),
  ),
  ...(["arg_max", "arg_min"] as const).map((name) =>
    aggregateFunction({
      name,
      aliases: [name.replace("_", "")],
      summary: "The value of the row where an expression is extreme.",
      signature: `${name}(value: T, by: any): T`,
      lower: { duckdb: argExtreme(name) },
    }),
  ),
  aggregateFunction({
    name: "take_any",
    aliases: ["any"],
    summary: "The value of some row.",
    signature: "take_any(value: T): T",
    lower: { duckdb: takeAny },
  }),
  aggregateFunction({
    name: "take_anyif",
    aliases: ["anyif"],
    condition: 1,
    summary: "The value of some row where a condition holds.",
    signature: "take_anyif(value: T, condition: bool): T",
    lower: { duckdb: takeAny },
  }),
  aggregateFunction({
    name: "first of group",
    summary: "The value of the group's first row; all columns of one row.",
    signature: "first(value: T): T",
    lower: {
      duckdb: (group, of = number(0)) =>
        call("list_extract", aggregate("list", [of], { filter: group.filter, orderBy: group.orderBy }), number(1)),
    },
  }),
  ...["dcount", "dcountif", "count_distinct", "count_distinctif"].map((name) => {
    const conditional = name.endsWith("if");
    return aggregateFunction({
      name,
      ...(conditional ? { condition: 1 } : {}),
      summary: "The number of different values, null among them; exact, where Kusto's dcount() is an estimate.",
      signature: `${name}(value: any${conditional ? ", condition: bool" : ""}${name.startsWith("dcount") ? ", accuracy?: long" : ""}): long`,
      nulls: "never",
      lower: { duckdb: (group, of = number(0)) => aggregate("count", [of], { filter: group.filter, distinct: true }) },
    });
  }),
];
