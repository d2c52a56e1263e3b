import type { SqlExpr } from "../../sql/ast.ts";
import { aggregate, and, call, coalesce, field, freshName, number, text, unequal } from "../../sql/build.ts";
import type { KqlType } from "../../values/type.ts";
import { type AggregateFunction, type AggregateLowering, aggregateFunction, type GroupFacts } from "../aggregate.ts";

/**
 * A value that must come from the same row as others travels in a struct. Lowering makes one aggregate of all that
 * differ only in the fields of their structs.
 */
interface RowValue {
  readonly row: SqlExpr;
  of(picked: SqlExpr): SqlExpr;
}

function rowValue(of: SqlExpr): RowValue {
  const name = of.kind === "column" ? of.name : freshName("k");
  return { row: { kind: "struct", fields: [{ name, value: of }] }, of: (picked) => field(picked, name) };
}

const filtered = (group: GroupFacts, by: SqlExpr): SqlExpr => (group.filter === undefined ? by : and(group.filter, by));

/** Numbers below all values of a type, and with the other sign above them: null may stand there as one of them. */
const belowAll: ReadonlyMap<KqlType | undefined, bigint> = new Map([
  ["int", -(2n ** 40n)],
  ["datetime", -(2n ** 62n)],
]);

/** The value of the row where `by` is extreme: null counts only where there is nothing else, NaN always. */
const argExtreme =
  (name: "arg_max" | "arg_min"): AggregateLowering =>
  (group, of = number(0), by = number(0)) => {
    const value = rowValue(of);
    const { filter } = group;
    const least = belowAll.get(group.types[1]);
    if (group.nullable[1] === true && least !== undefined) {
      const key = coalesce(by, number(name === "arg_max" ? least : -least));
      return value.of(aggregate(name, [value.row, key], { filter }));
    }
    const candidates: SqlExpr[] = [aggregate(name, [value.row, by], { filter })];
    // DuckDB counts NaN as the greatest number, so that only the least needs help.
    if (name === "arg_min" && group.types[1] === "real")
      candidates.unshift(aggregate("arg_max", [value.row, by], { filter: filtered(group, call("isnan", by)) }));
    if (group.nullable[1] === true) candidates.push(aggregate("any_value", [value.row], { filter }));
    const [only] = candidates;
    return value.of(candidates.length === 1 && only !== undefined ? only : coalesce(...candidates));
  };

/** A single column: a value that is neither null nor empty, where there is one. */
const takeAny: AggregateLowering = (group: GroupFacts, of = number(0)) => {
  const full = group.types[0] === "string" ? filtered(group, unequal(of, text(""))) : group.filter;
  return aggregate("any_value", [of], { filter: full });
};

const takeAnyOfRow: AggregateLowering = (group: GroupFacts, of = number(0)) => {
  const value = rowValue(of);
  return value.of(aggregate("any_value", [value.row], { filter: group.filter }));
};

export const rowAggregates: readonly AggregateFunction[] = [
  ...(["arg_max", "arg_min"] as const).map((name) =>
    aggregateFunction({
      name,
      aliases: [name.replace("_", "")],
      summary: "The value of the row where an expression is extreme; all columns of one call come from one row.",
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
    name: "take_any of row",
    summary: "A value of some row; all columns of one call come from one row.",
    signature: "take_any(value: T): T",
    lower: { duckdb: takeAnyOfRow },
  }),
  aggregateFunction({
    name: "first of group",
    summary: "The value of the group's first row; all columns of one row.",
    signature: "first(value: T): T",
    lower: {
      duckdb: (group, of = number(0)) => {
        const value = rowValue(of);
        return value.of(aggregate("first", [value.row], { filter: group.filter, orderBy: group.orderBy }));
      },
    },
  }),
];
