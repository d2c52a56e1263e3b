import type { SqlExpr } from "../../sql/ast.ts";
import { aggregate, and, call, cast, coalesce, isNotNull, list, number, once } from "../../sql/build.ts";
import { type AggregateFunction, aggregateFunction, type GroupFacts } from "../aggregate.ts";

const elementFilter = (group: GroupFacts, of: SqlExpr): SqlExpr | undefined =>
  group.nullable[0] === true
    ? group.filter === undefined
      ? isNotNull(of)
      : and(group.filter, isNotNull(of))
    : group.filter;

/** A JSON array of a SQL list of JSON texts, cut to `size`. */
function jsonArray(items: SqlExpr, size: SqlExpr | undefined): SqlExpr {
  const kept = size === undefined ? items : call("list_slice", items, number(1), size);
  return cast(call("to_json", coalesce(kept, cast(list(), "JSON[]"))), "VARCHAR");
}

const asJson = (of: SqlExpr): SqlExpr => cast(of, "JSON");

function makeList(group: GroupFacts, of: SqlExpr = number(0), size?: SqlExpr): SqlExpr {
  return jsonArray(aggregate("list", [asJson(of)], { filter: elementFilter(group, of), orderBy: group.orderBy }), size);
}

/** In the order of first appearance, so that the same rows give the same text. */
function makeSet(group: GroupFacts, of: SqlExpr = number(0), size?: SqlExpr): SqlExpr {
  const all = aggregate("list", [of], { filter: elementFilter(group, of), orderBy: group.orderBy });
  return once(all, (items) => jsonArray(cast(call("list_distinct", items), "JSON[]"), size));
}

export const listAggregates: readonly AggregateFunction[] = [
  ...["make_list", "make_list_if"].map((name) => {
    const conditional = name.endsWith("if");
    return aggregateFunction({
      name,
      aliases: conditional ? [] : ["makelist"],
      ...(conditional ? { condition: 1 } : {}),
      summary: "The array of all values, nulls left out.",
      signature: `${name}(value: dynamic${conditional ? ", condition: bool" : ""}, maxSize?: long): dynamic`,
      nulls: "never",
      lower: { duckdb: makeList },
    });
  }),
  aggregateFunction({
    name: "series of values",
    summary: "The array of all values in the order of the rows, nulls among them; make-series needs it.",
    signature: "series of values(value: dynamic): dynamic",
    nulls: "never",
    lower: {
      duckdb: (group, of = number(0)) =>
        jsonArray(aggregate("list", [asJson(of)], { orderBy: group.orderBy }), undefined),
    },
  }),
  ...["make_set", "make_set_if"].map((name) => {
    const conditional = name.endsWith("if");
    return aggregateFunction({
      name,
      aliases: conditional ? [] : ["makeset"],
      ...(conditional ? { condition: 1 } : {}),
      summary: "The array of different values, nulls left out; arrays give their elements.",
      signature: `${name}(value: dynamic${conditional ? ", condition: bool" : ""}, maxSize?: long): dynamic`,
      nulls: "never",
      lower: { duckdb: makeSet },
    });
  }),
];
