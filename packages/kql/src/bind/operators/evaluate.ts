import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Rel } from "../../ir/rel.ts";
import { child, nameOf, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Environment } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { pluginNamed } from "../plugins/index.ts";
import { type TabularSource, tabularSource } from "../source.ts";
import { oneRow } from "./values.ts";

export const evaluate: TabularOperator = tabularOperator({
  keyword: "evaluate",
  kinds: ["EvaluateOperator"],
  bind: (node, input, env, context) => runPlugin(node, input, env, context),
});

export const evaluateSource: TabularSource = tabularSource({
  keyword: "evaluate",
  kinds: ["EvaluateOperator"],
  bind: (node, env, context) => runPlugin(node, oneRow(node.span), env, context),
});

function runPlugin(node: Syntax, input: Rel, env: Environment, context: BindContext): Rel {
  const call = child(node, "FunctionCall");
  const name = nameOf(child(call, "Name"));
  const plugin = pluginNamed(name);
  if (plugin === undefined)
    return refuse("unsupported-function", call.span, { name, reason: "Goshawk does not have this plugin" });
  if ("reason" in plugin) return refuse("unsupported-function", call.span, { name, reason: plugin.reason });
  return plugin.bind({ node, call, input, env, context });
}
