import { refuse } from "../../diagnostics/diagnostic.ts";
import { aggregate, apply, filter } from "../../ir/build.ts";
import type { Item } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import { child, optional } from "../../syntax/tree.ts";
import { call } from "../call.ts";
import { withoutGraph } from "../graph/inSubquery.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { scopeOf } from "../scope.ts";
import { fresh } from "../table.ts";

/** The subquery over the rows of each key, null and empty keys among them. */
export const partition: TabularOperator = tabularOperator({
  keyword: "partition",
  kinds: ["PartitionOperator"],
  bind: (node, input, env, context) => {
    const subquery = optional(child(node, "Operand"), "Subquery");
    if (subquery === undefined)
      return refuse("unsupported-syntax", child(node, "Operand").span, {
        construct: "A partition with a query in braces",
        reason: "its subquery names tables of its own; write it in parentheses, over the rows of each partition",
      });
    const by = child(node, "ByExpression");
    const key = context.scalar(by, scopeOf(input, env, context));
    const item: Item = { column: context.newColumn("$key", key.type, key.nullable), value: key };
    const keys = aggregate(input, [item], [], node.span);
    const copy = fresh(input, node.span, context);
    const own = context.scalar(by, scopeOf(copy, env, context));
    const rows = filter(copy, call("same key", [own, columnRef(item.column)], node.span), node.span);
    const query = context.pipeline(subquery, rows, env);
    withoutGraph(query, node);
    const applied = apply(keys, query, node.span);
    return { ...applied, columns: query.columns, hidden: [], ordering: [] };
  },
});
