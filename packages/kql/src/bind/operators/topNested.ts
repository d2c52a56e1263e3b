import { pass, project, union } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal } from "../../ir/scalar.ts";
import { list, type Syntax } from "../../syntax/tree.ts";
import { convertTo } from "../call.ts";
import type { BindContext } from "../context.ts";
import { addLevel, levelOf, type Nested, othersOf } from "../nestedLevels.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";

/** The best keys, inside each of these the best of the next level, and so on; on demand a row for all others. */
export const topNested: TabularOperator = tabularOperator({
  keyword: "top-nested",
  kinds: ["TopNestedOperator"],
  bind: (node, input, env, context) => {
    const levels = list(node, "Clauses").map((clause) => levelOf(clause, env, context));
    let nested: Nested = {
      rows: { ...input, ordering: [], hidden: [] },
      keys: [],
      chain: undefined,
      source: input.columns,
    };
    const others: Rel[] = [];
    levels.forEach((level, index) => {
      const next = addLevel(nested, level, node, env, context);
      if (level.others !== undefined) others.push(othersOf(nested, next.best, levels.slice(index), node, env, context));
      nested = next.nested;
    });
    return nested.chain === undefined ? input : together(nested.chain, others, node, context);
  },
});

function together(chain: Rel, others: readonly Rel[], node: Syntax, context: BindContext): Rel {
  const shown = withOfficialNames(
    node,
    chain.columns.map((column) => context.newColumn(column.name, column.type, column.type !== "string")),
  );
  if (others.length === 0)
    return project(
      chain,
      chain.columns.map((column, at) => ({
        ...pass(column),
        column: { ...column, name: shown[at]?.name ?? column.name },
      })),
      node.span,
    );
  const inputs = [chain, ...others];
  return union(
    inputs,
    shown,
    inputs.map((rel) => shown.map((column, at) => from(rel.columns[at], column, node))),
    node.span,
  );
}

function from(source: Column | undefined, column: Column, node: Syntax): Item {
  return {
    column,
    value: source === undefined ? literal(column.type, null) : convertTo(columnRef(source), column.type, node.span),
  };
}
