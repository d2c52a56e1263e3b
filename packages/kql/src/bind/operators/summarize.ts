import { aggregate, pass, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, type Scalar } from "../../ir/scalar.ts";
import { child, list, type Syntax } from "../../syntax/tree.ts";
import { type BoundAggregates, bindAggregates } from "../aggregates.ts";
import type { BindContext, Environment } from "../context.ts";
import { explicitName, impliedName, valueNode } from "../named.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { scopeOf } from "../scope.ts";

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
  const grouped = aggregate(input, keys, bound.aggregates, node.span);
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
  const items: Item[] = outputs.map(([column, value], index) => ({ column: columns[index] ?? column, value }));
  return project(grouped, plainNames(items, grouped.columns), node.span);
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
