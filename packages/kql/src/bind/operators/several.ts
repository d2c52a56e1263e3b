import { aggregate } from "../../ir/build.ts";
import type { Rel } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import { child, list, nameOf, optional, type Syntax } from "../../syntax/tree.ts";
import { aggregateCall } from "../call.ts";
import type { BindContext } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { columnNamed } from "../scope.ts";

/** Operators that give several tables: the first is the result, the others are shown after it. */
function several(tables: readonly Rel[], input: Rel, context: BindContext): Rel {
  const [first, ...rest] = tables;
  for (const table of rest) context.alsoShow(table);
  return first ?? input;
}

export const fork: TabularOperator = tabularOperator({
  keyword: "fork",
  kinds: ["ForkOperator"],
  bind: (node, input, env, context) => {
    const tables = list(node, "Expressions").map((item) => context.pipeline(child(item, "Expression"), input, env));
    return several(tables, input, context);
  },
});

/** For each column a table of its values and how often they occur; then the rows, if they are asked for. */
export const facet: TabularOperator = tabularOperator({
  keyword: "facet",
  kinds: ["FacetOperator"],
  bind: (node, input, env, context) => {
    const counts = list(node, "Expressions").map((item) => countsOf(item, node, input, context));
    const rows = optional(child(node, "WithClause"), "Expression");
    const shown = rows === undefined ? [] : [context.pipeline(rows, input, env)];
    return several([...counts, ...shown], input, context);
  },
});

function countsOf(item: Syntax, node: Syntax, input: Rel, context: BindContext): Rel {
  const source = columnNamed(input.columns, nameOf(item), item.span);
  const key = { column: context.newColumn(source.name, source.type, source.nullable), value: columnRef(source) };
  const { call, type, nullable } = aggregateCall("count", [], node.span);
  return aggregate(
    input,
    [key],
    [{ column: context.newColumn(`count_${source.name}`, type, nullable), call }],
    node.span,
  );
}
