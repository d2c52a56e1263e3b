import { pass, project } from "../../ir/build.ts";
import type { Item } from "../../ir/rel.ts";
import { optional } from "../../syntax/tree.ts";
import { bindExpansions, expandRows, rowLimit } from "../expansions.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";

/** A row for each element; each expanded column takes the place of the column of its name. */
export const mvExpand: TabularOperator = tabularOperator({
  keyword: "mv-expand",
  aliases: ["mvexpand"],
  kinds: ["MvExpandOperator"],
  bind: (node, input, env, context) => {
    const clause = optional(node, "RowLimitClause");
    const limit = rowLimit(node, clause === undefined ? undefined : optional(clause, "LimitValue"), env, context);
    const expansions = bindExpansions(node, input, env, context);
    const { rel, elements, index } = expandRows(node, input, expansions, limit, context);
    const replacing = new Map(elements.map((item, at) => [expansions[at]?.name ?? "", item] as const));
    const items: Item[] = input.columns.map((column) => replacing.get(column.name) ?? pass(column));
    items.push(...elements.filter((item) => !items.includes(item)), ...(index === undefined ? [] : [index]));
    const columns = withOfficialNames(
      node,
      items.map((item) => item.column),
    );
    return project(
      rel,
      items.map((item, at) => ({ ...item, column: columns[at] ?? item.column })),
      node.span,
    );
  },
});
