import { filter } from "../../ir/build.ts";
import { child } from "../../syntax/tree.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { bindPredicate } from "../predicate.ts";
import { bindSerialized } from "../serialized.ts";

export const where: TabularOperator = tabularOperator({
  keyword: "where",
  aliases: ["filter"],
  kinds: ["FilterOperator"],
  bind: (node, input, env, context) =>
    bindSerialized(
      input,
      env,
      context,
      (scope) => bindPredicate(child(node, "Condition"), scope),
      (rel, predicate) => filter(rel, predicate, node.span),
    ),
});
