import type { SqlExpr } from "../../sql/ast.ts";
import {
  aggregate,
  and,
  call,
  cast,
  coalesce,
  constantNumber,
  isNotNull,
  list,
  number,
  struct,
  text,
} from "../../sql/build.ts";
import { type AggregateFunction, type AggregateLowering, aggregateFunction, type GroupFacts } from "../aggregate.ts";
import { jsonOf } from "../dynamic/sql.ts";

const notNull = (group: GroupFacts, ...values: readonly SqlExpr[]): SqlExpr => {
  const known = and(...values.map(isNotNull));
  return group.filter === undefined ? known : and(group.filter, known);
};

/** How many hashes a state keeps, by the accuracy that was asked for: an error of about one over their square root. */
const sizes = [1024, 4096, 16_384, 65_536, 131_072];

const hll: AggregateLowering = (group, of = number(0), accuracy) => {
  const size = number(sizes[constantNumber(accuracy) ?? 1] ?? 4096);
  const hash = call("md5_number_lower", cast(jsonOf(group.types[0], of), "VARCHAR"));
  const smallest = aggregate("min", [hash, size], { filter: notNull(group, of), distinct: true });
  const hashes = coalesce(smallest, cast(list(), "UBIGINT[]"));
  return cast(call("to_json", struct({ sketch: text("smallest hashes"), size, hashes })), "VARCHAR");
};

const tdigest =
  (type: string): AggregateLowering =>
  (group, of = number(0), weight) => {
    const value = cast(of, "DOUBLE");
    const finite = and(notNull(group, ...(weight === undefined ? [of] : [of, weight])), call("isfinite", value));
    const item = weight === undefined ? value : list(value, cast(weight, "DOUBLE"));
    const items = call("to_json", aggregate("list", [item], { filter: finite }));
    return call("goshawk_tdigest", coalesce(cast(items, "VARCHAR"), text("[]")), text(type));
  };

const merge =
  (name: string): AggregateLowering =>
  (group, of = number(0)) => {
    const states = aggregate("list", [cast(of, "JSON")], { filter: notNull(group, of) });
    return call(name, coalesce(cast(call("to_json", states), "VARCHAR"), text("[]")));
  };

const ownState = "the state is Goshawk's own: exact for few values, else an estimate; a cluster's states can't be read";

export const sketchAggregates: readonly AggregateFunction[] = [
  ...["hll", "hll_if"].map((name) =>
    aggregateFunction({
      name,
      ...(name === "hll_if" ? { condition: 1 } : {}),
      summary: "The state of a count of different values.",
      constantsFrom: 1,
      approximate: ownState,
      signature: `${name}(value: any${name === "hll_if" ? ", condition: bool" : ""}, accuracy?: long): dynamic`,
      nulls: "never",
      lower: { duckdb: hll },
    }),
  ),
  aggregateFunction({
    name: "hll_merge",
    summary: "The union of the states of counts of different values.",
    approximate: ownState,
    signature: "hll_merge(state: dynamic): dynamic",
    lower: { duckdb: merge("goshawk_hll_merge") },
  }),
  aggregateFunction({
    name: "tdigest",
    summary: "The state of percentiles.",
    approximate: ownState,
    overloads: (
      [
        ["real", "real"],
        ["datetime", "datetime"],
        ["timespan", "timespan"],
      ] as const
    ).map(([type, state]) => ({
      signature: `tdigest(value: ${type}, weight?: real): dynamic`,
      nulls: "never" as const,
      lower: { duckdb: tdigest(state) },
    })),
  }),
  aggregateFunction({
    name: "tdigest_merge",
    aliases: ["merge_tdigest"],
    summary: "The union of the states of percentiles.",
    approximate: ownState,
    signature: "tdigest_merge(state: dynamic): dynamic",
    lower: { duckdb: merge("goshawk_tdigest_merge") },
  }),
];
