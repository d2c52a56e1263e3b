import type { SqlExpr } from "../../sql/ast.ts";
import {
  aggregate,
  and,
  call,
  cast,
  choose,
  coalesce,
  equal,
  isNotNull,
  lambda,
  list,
  number,
  text,
} from "../../sql/build.ts";
import { type AggregateFunction, type AggregateLowering, aggregateFunction, type GroupFacts } from "../aggregate.ts";
import { jsonOf } from "../dynamic/sql.ts";

/** The most elements that an array of Kusto holds. */
const LONGEST = number(1_048_576);

function notNull(group: GroupFacts, of: SqlExpr): SqlExpr | undefined {
  if (group.nullable[0] !== true) return group.filter;
  return group.filter === undefined ? isNotNull(of) : and(group.filter, isNotNull(of));
}

/** A JSON array of a SQL list, cut to `size`. */
function jsonArray(items: SqlExpr, size: SqlExpr | undefined): SqlExpr {
  const most = size === undefined ? LONGEST : call("least", call("greatest", size, number(0)), LONGEST);
  return arrayText(call("list_slice", items, number(1), most));
}

/** The JSON text of a SQL list; no list is an empty one. */
const arrayText = (items: SqlExpr): SqlExpr => coalesce(cast(call("to_json", items), "VARCHAR"), text("[]"));

/** Arrays give their elements, as `make_list()` and `make_set()` take them. */
function flat(items: SqlExpr): SqlExpr {
  const elements = lambda((item) =>
    choose(equal(call("json_type", item), text("ARRAY")), call("from_json", item, text('["JSON"]')), list(item)),
  );
  return call("flatten", call("list_transform", items, elements));
}

/** A null inside a dynamic is a value; nulls of other types are left out. */
const makeList: AggregateLowering = (group, of = number(0), size) => {
  const isDynamic = group.types[0] === "dynamic";
  const filter = isDynamic ? group.filter : notNull(group, of);
  const items = aggregate("list", [jsonOf(group.types[0], of)], { filter, orderBy: group.orderBy });
  return jsonArray(isDynamic ? flat(items) : items, size);
};

const makeListWithNulls: AggregateLowering = (group, of = number(0), size) => {
  const items = aggregate("list", [jsonOf(group.types[0], of)], { filter: group.filter, orderBy: group.orderBy });
  return jsonArray(group.types[0] === "dynamic" ? flat(items) : items, size);
};

/** Serialized rows keep the order of first appearance; others get an order that the same values always give. */
const makeSet: AggregateLowering = (group, of = number(0), size) => {
  const type = group.types[0];
  const value = type === "dynamic" ? cast(coalesce(of, text("null")), "JSON") : of;
  const filter = type === "dynamic" ? group.filter : notNull(group, of);
  const serialized = group.orderBy.length > 0;
  const found = serialized
    ? aggregate("list", [value], { filter, orderBy: group.orderBy })
    : aggregate("list", [value], { filter, distinct: true });
  const members = type === "dynamic" ? flat(found) : found;
  if (serialized) return jsonArray(firstOfEach(members, type === "dynamic" ? "JSON" : undefined, type), size);
  const unique = type === "dynamic" ? call("list_distinct", members) : members;
  return jsonArray(jsonItems(type, call("list_sort", unique)), size);
};

/** JSON writes these types as it should by itself. */
const selfWritten: ReadonlySet<string | undefined> = new Set(["int", "long", "bool", "string", "guid"]);

function jsonItems(type: GroupFacts["types"][number] | undefined, items: SqlExpr): SqlExpr {
  return selfWritten.has(type)
    ? items
    : call(
        "list_transform",
        items,
        lambda((item) => jsonOf(type, item)),
      );
}

/** `list_distinct()` has no order of its own. */
function firstOfEach(members: SqlExpr, as: "JSON" | undefined, type: GroupFacts["types"][number] | undefined): SqlExpr {
  const text = arrayText(as === undefined ? jsonItems(type, members) : members);
  return call("from_json", call("goshawk_first_of_each", text), { kind: "constant", text: '["JSON"]' });
}

const makeBag: AggregateLowering = (group, of = number(0), size = LONGEST) => {
  const bags = aggregate("list", [cast(of, "JSON")], { filter: notNull(group, of), orderBy: group.orderBy });
  return call("goshawk_make_bag", arrayText(bags), size);
};

const buildSchema: AggregateLowering = (group, of = number(0)) => {
  const shapes = aggregate("list", [call("goshawk_schema", of)], { filter: group.filter, distinct: true });
  const sorted = call(
    "list_transform",
    call("list_sort", shapes),
    lambda((item) => cast(item, "JSON")),
  );
  return call("goshawk_schema_union", cast(call("to_json", sorted), "VARCHAR"));
};

function listFunction(
  name: string,
  aliases: readonly string[],
  summary: string,
  lower: AggregateLowering,
): AggregateFunction {
  const conditional = name.endsWith("_if");
  return aggregateFunction({
    name,
    aliases,
    ...(conditional ? { condition: 1 } : {}),
    summary,
    signature: `${name}(value: any${conditional ? ", condition: bool" : ""}, maxSize?: long): dynamic`,
    nulls: "never",
    lower: { duckdb: lower },
  });
}

/** What the functions' old names keep where the call names no size. */
const OLD_SIZE = number(128);

function unlessSaid(size: SqlExpr, lower: AggregateLowering): AggregateLowering {
  return (group, of, said = size) => lower(group, of, said);
}

const bagSummary = "One bag of the properties of all bags; of equal keys the first row's counts.";

export const listAggregates: readonly AggregateFunction[] = [
  listFunction("make_list", [], "The array of all values, nulls left out.", makeList),
  listFunction("makelist", [], "The array of 128 values at most, nulls left out.", unlessSaid(OLD_SIZE, makeList)),
  listFunction("make_list_if", [], "The array of the values where a condition holds, nulls left out.", makeList),
  listFunction("make_list_with_nulls", [], "The array of all values, nulls too.", makeListWithNulls),
  listFunction("make_set", [], "The array of different values, nulls left out.", makeSet),
  listFunction("makeset", [], "The array of 128 different values at most.", unlessSaid(OLD_SIZE, makeSet)),
  listFunction("make_set_if", [], "The array of different values where a condition holds.", makeSet),
  aggregateFunction({
    name: "make_bag",
    aliases: ["make_dictionary"],
    summary: bagSummary,
    signature: "make_bag(bag: dynamic, maxSize?: long): dynamic",
    nulls: "never",
    lower: { duckdb: makeBag },
  }),
  aggregateFunction({
    name: "series of values",
    summary: "The array of all values in the order of the rows, nulls among them; make-series needs it.",
    signature: "series of values(value: dynamic): dynamic",
    nulls: "never",
    lower: {
      duckdb: (group, of = number(0)) =>
        jsonArray(aggregate("list", [cast(of, "JSON")], { orderBy: group.orderBy }), undefined),
    },
  }),
  aggregateFunction({
    name: "make_bag_if",
    condition: 1,
    summary: bagSummary,
    signature: "make_bag_if(bag: dynamic, condition: bool, maxSize?: long): dynamic",
    nulls: "never",
    lower: { duckdb: makeBag },
  }),
  aggregateFunction({
    name: "buildschema",
    summary: "The least schema that admits all values.",
    signature: "buildschema(value: dynamic): dynamic",
    lower: { duckdb: buildSchema },
  }),
];
