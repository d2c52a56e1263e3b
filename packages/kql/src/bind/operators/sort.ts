import { limit, pass, project, sort as sortBy } from "../../ir/build.ts";
import type { Item, OrderingKey, Rel } from "../../ir/rel.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { child, list, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Environment } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { bindSerialized, ordinalOf } from "../serialized.ts";

/** Sorts by expressions; those that are no plain column are computed into hidden columns first. */
export function sortedBy(
  nodes: readonly Syntax[],
  node: Syntax,
  input: Rel,
  env: Environment,
  context: BindContext,
): Rel {
  return bindSerialized(
    input,
    env,
    context,
    (scope) =>
      nodes.map((item) =>
        scope.context.scalar(item.kind === "OrderedExpression" ? child(item, "Expression") : item, scope),
      ),
    (rel, values) => sortValues(rel, values, nodes, node, context),
  );
}

function sortValues(
  rel: Rel,
  values: readonly Scalar[],
  nodes: readonly Syntax[],
  node: Syntax,
  context: BindContext,
): Rel {
  const computed: Item[] = [];
  const ordering: OrderingKey[] = [];
  values.forEach((value, index) => {
    if (value.kind === "literal") return;
    const column = value.kind === "column" ? value.id : compute(value, computed, context);
    ordering.push({ column, ...direction(nodes[index]) });
  });
  // Rows written in the query keep their order where the keys are equal.
  const ordinal = ordinalOf(rel);
  if (ordinal !== undefined) ordering.push({ column: ordinal.id, descending: false, nullsFirst: true });
  if (computed.length === 0) return sortBy(rel, ordering, node.span);
  const kept = ordinal === undefined ? [] : [ordinal];
  const made = project({ ...rel, ordering: [] }, [...rel.columns, ...kept].map(pass).concat(computed), node.span);
  const hidden = [...kept, ...computed.map((item) => item.column)];
  return sortBy({ ...made, columns: rel.columns, hidden }, ordering, node.span);
}

function compute(value: Scalar, computed: Item[], context: BindContext): number {
  const column = context.newColumn("$key", value.type, value.nullable);
  computed.push({ column, value });
  return column.id;
}

/** Descending unless said otherwise; null is the smallest value unless said otherwise. */
function direction(node: Syntax | undefined): { readonly descending: boolean; readonly nullsFirst: boolean } {
  const ordering = node?.kind === "OrderedExpression" ? child(node, "Ordering") : undefined;
  const descending = ordering === undefined || child(ordering, "AscOrDescKeyword").text !== "asc";
  const nulls = ordering === undefined ? "" : child(child(ordering, "NullsClause"), "FirstOrLastKeyword").text;
  return { descending, nullsFirst: nulls === "" ? !descending : nulls === "first" };
}

export const sort: TabularOperator = tabularOperator({
  keyword: "sort",
  aliases: ["order"],
  kinds: ["SortOperator"],
  bind: (node, input, env, context) => sortedBy(list(node, "Expressions"), node, input, env, context),
});

export const top: TabularOperator = tabularOperator({
  keyword: "top",
  kinds: ["TopOperator"],
  bind: (node, input, env, context) => {
    const count = context.scalar(child(node, "Expression"), { columns: [], env, context });
    return limit(sortedBy([child(node, "ByExpression")], node, input, env, context), count, node.span);
  },
});

export const take: TabularOperator = tabularOperator({
  keyword: "take",
  aliases: ["limit"],
  kinds: ["TakeOperator"],
  bind: (node, input, env, context) =>
    limit(input, context.scalar(child(node, "Expression"), { columns: [], env, context }), node.span),
});
