import { aggregate } from "../../ir/build.ts";
import { child, nameOf } from "../../syntax/tree.ts";
import { aggregateCall } from "../call.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";

export const count: TabularOperator = tabularOperator({
  keyword: "count",
  kinds: ["CountOperator"],
  bind: (node, input, _env, context) => {
    const { call, type, nullable } = aggregateCall("count", [], node.span);
    const name = nameOf(child(node, "AsIdentifier"));
    const column = context.newColumn(name === "" ? "Count" : name, type, nullable);
    return aggregate(input, [], [{ column, call }], node.span);
  },
});
