import { project as projectItems } from "../../ir/build.ts";
import type { Item } from "../../ir/rel.ts";
import { list } from "../../syntax/tree.ts";
import { itemFor } from "../named.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { bindSerialized } from "../serialized.ts";
import { bindAssignments } from "./extend.ts";

export const project: TabularOperator = tabularOperator({
  keyword: "project",
  kinds: ["ProjectOperator"],
  bind: (node, input, env, context) =>
    bindSerialized(
      input,
      env,
      context,
      (scope) => bindAssignments(list(node, "Expressions"), scope),
      (rel, assignments) => {
        const taken = new Set<number>();
        const items: Item[] = assignments.map(({ name, value }, index) => {
          const item = itemFor(name ?? `Column${index + 1}`, value, context, taken);
          taken.add(item.column.id);
          return item;
        });
        const columns = withOfficialNames(
          node,
          items.map((item) => item.column),
        );
        return projectItems(
          rel,
          items.map((item, index) => ({ ...item, column: columns[index] ?? item.column })),
          node.span,
        );
      },
    ),
});
