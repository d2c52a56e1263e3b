import { aggregate } from "../../ir/build.ts";
import { columnRef } from "../../ir/scalar.ts";
import { list } from "../../syntax/tree.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { scopeOf } from "../scope.ts";
import { bindAssignments } from "./extend.ts";

export const distinct: TabularOperator = tabularOperator({
  keyword: "distinct",
  kinds: ["DistinctOperator"],
  bind: (node, input, env, context) => {
    const nodes = list(node, "Expressions");
    const assignments = nodes.some((item) => item.kind === "StarExpression")
      ? input.columns.map((column) => ({ name: column.name, value: columnRef(column) }))
      : bindAssignments(nodes, scopeOf(input, env, context));
    const columns = withOfficialNames(
      node,
      assignments.map(({ name, value }, index) =>
        context.newColumn(name ?? `Column${index + 1}`, value.type, value.nullable),
      ),
    );
    const keys = assignments.flatMap(({ value }, index) => {
      const column = columns[index];
      return column === undefined ? [] : [{ column, value }];
    });
    return aggregate(input, keys, [], node.span);
  },
});
