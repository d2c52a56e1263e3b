import type { KqlType } from "@goshawk/kql";
import { list, type Tree, whole } from "../tree.ts";
import { aggregateCalls, type Call } from "./calls.ts";
import { type Columns, chance, type Grammar, oneOf, types } from "./grammar.ts";
import { callTree, scalar } from "./scalar.ts";

/** Aggregations whose answer the order of the rows decides, or chance. */
const orderly: ReadonlySet<string> = new Set([
  ...["take_any", "take_anyif", "any", "first", "make_bag", "make_bag_if", "tdigest", "tdigest_merge"],
  ...["hll", "hll_if", "hll_merge", "arg_max", "arg_min"],
]);

/** Lists in the order in which the rows came. */
const lists: ReadonlySet<string> = new Set([
  ...["make_list", "make_list_if", "make_list_with_nulls", "make_set", "make_set_if"],
]);

/** Sums of reals, which depend on the order of their parts. */
const sums = /^(sum|avg|stdev|variance|covariance)/;

/** An aggregation with a name of its own, or as Kusto names it. */
export function aggregate(grammar: Grammar, columns: Columns): Tree {
  const call = chosen(grammar, columns);
  const prefix = chance(grammar, 80) ? `${grammar.fresh("agg")} = ` : "";
  return whole([prefix, call], ["count()"]);
}

function chosen(grammar: Grammar, columns: Columns): Tree {
  const call = oneOf(grammar, aggregateCalls);
  if (call === undefined) return "count()";
  const { name } = call;
  if (grammar.exact && lists.has(name)) return sortedList(grammar, columns, name);
  const vague = orderly.has(name) || lists.has(name) || isRealSum(call);
  if (grammar.exact && vague) return "count()";
  if (vague) grammar.vague.add(name);
  const shared = grammar.random.pick(types);
  return callTree(grammar, columns, call, shared, 2);
}

function isRealSum({ name, signature }: Call): boolean {
  return sums.test(name) && signature.parameters.some(({ type }) => type === "real" || type === "decimal");
}

function sortedList(grammar: Grammar, columns: Columns, name: string): Tree {
  const value = scalar(grammar, columns, grammar.random.pick<KqlType>(["string", "long", "timespan"]), 1);
  const condition = name.endsWith("_if") ? [", ", scalar(grammar, columns, "bool", 1)] : [];
  return whole([`array_sort_asc(${name}(`, value, ...condition, "))"]);
}

/** Several aggregations. */
export function aggregates(grammar: Grammar, columns: Columns): Tree {
  const count = 1 + grammar.random.below(3);
  return list(
    Array.from({ length: count }, () => aggregate(grammar, columns)),
    ", ",
  );
}
