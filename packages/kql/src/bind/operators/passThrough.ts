import { child, nameOf } from "../../syntax/tree.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";

/** Operators that leave the rows as they are. */
export const render: TabularOperator = tabularOperator({
  keyword: "render",
  kinds: ["RenderOperator"],
  bind: (_node, input) => input,
});

export const as: TabularOperator = tabularOperator({
  keyword: "as",
  kinds: ["AsOperator"],
  bind: (node, input, env) => {
    env.names.set(nameOf(child(node, "Name")), { kind: "tabular", rel: input });
    return input;
  },
});
