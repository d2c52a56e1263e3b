import { aggregate, pass, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { AggregateItem, Item, Rel } from "../../ir/rel.ts";
import { columnRef, type Scalar } from "../../ir/scalar.ts";
import { child, list, type Syntax } from "../../syntax/tree.ts";
import { type BoundAggregates, bindAggregates } from "../aggregates.ts";
import { aggregateCall } from "../call.ts";
import type { BindContext, Environment } from "../context.ts";
import { explicitName, impliedName, valueNode } from "../named.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { scopeOf } from "../scope.ts";
import { ordinalOf } from "../serialized.ts";

export const summarize: TabularOperator = tabularOperator({
  keyword: "summarize",
  kinds: ["SummarizeOperator"],
  bind: (node, input, env, context) => {
    const by = list(child(node, "ByClause"), "Expressions");
    const keys = bindKeys(by, input, env, context);
    const bound = bindAggregates(list(node, "Aggregates"), scopeOf(input, env, context));
    return summarizeBy(node, input, keys, bound, context);
  },
});

/** The group keys; a key that is a plain column keeps its id. */
export function bindKeys(
  nodes: readonly Syntax[],
  input: Rel,
  env: Environment,
  context: BindContext,
): readonly Item[] {
  const scope = scopeOf(input, env, context);
  return nodes.map((item, index) => {
    const value = context.scalar(valueNode(item), scope);
    const name = explicitName(item) ?? impliedName(valueNode(item)) ?? `Column${index + 1}`;
    return { column: context.newColumn(name, value.type, value.nullable), value };
  });
}

/** Groups and then computes what stands around the aggregations, e.g. `1.0 * sum(x) / count()`. */
export function summarizeBy(
  node: Syntax,
  input: Rel,
  keys: readonly Item[],
  bound: BoundAggregates,
  context: BindContext,
): Rel {
  const first = firstAppearance(input, node, context);
  const grouped = inOrderOf(first, aggregate(input, keys, [...bound.aggregates, ...first], node.span));
  const outputs: readonly (readonly [Column, Scalar])[] = [
    ...keys.map((key) => [key.column, columnRef(key.column)] as const),
    ...bound.outputs.map(
      (output) => [context.newColumn(output.name, output.value.type, output.value.nullable), output.value] as const,
    ),
  ];
  const columns = withOfficialNames(
    node,
    outputs.map(([column]) => column),
  );
  const items: Item[] = outputs.map(([column, value], index) => {
    const own = bound.outputs[index - keys.length]?.ownName;
    const named = columns[index] ?? column;
    return { column: own === undefined ? named : { ...named, name: own }, value };
  });
  return project(grouped, plainNames(items, grouped.columns), node.span);
}

/** Of rows written in the query: where each group begins, so that groups that a later sort leaves equal keep an order. */
function firstAppearance(input: Rel, node: Syntax, context: BindContext): readonly AggregateItem[] {
  const ordinal = ordinalOf(input);
  if (ordinal === undefined) return [];
  const { call, type, nullable } = aggregateCall("min", [columnRef(ordinal)], node.span);
  return [{ column: context.newColumn(ordinal.name, type, nullable), call }];
}

function inOrderOf(first: readonly AggregateItem[], grouped: Rel): Rel {
  const [item] = first;
  if (item === undefined) return grouped;
  const columns = grouped.columns.filter((column) => column.id !== item.column.id);
  const ordering = [{ column: item.column.id, descending: false, nullsFirst: true }];
  return { ...grouped, columns, hidden: [item.column], ordering };
}

/** Where an output is just a column of the group, it keeps that column's id. */
function plainNames(items: readonly Item[], grouped: readonly Column[]): readonly Item[] {
  const taken = new Set<number>();
  return items.map((item) => {
    if (item.value.kind !== "column" || taken.has(item.value.id)) return item;
    const source = grouped.find((column) => item.value.kind === "column" && column.id === item.value.id);
    if (source === undefined) return item;
    taken.add(source.id);
    return pass({ ...source, name: item.column.name });
  });
}
