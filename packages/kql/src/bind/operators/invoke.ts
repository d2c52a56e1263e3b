import { refuse } from "../../diagnostics/diagnostic.ts";
import { child, nameOf } from "../../syntax/tree.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { outsideInvokes } from "../outside/invokes.ts";
import { callUserFunction } from "../userFunction.ts";

/** A function of the query whose first parameter is the table before the pipe. */
export const invoke: TabularOperator = tabularOperator({
  keyword: "invoke",
  kinds: ["InvokeOperator"],
  bind: (node, input, env, context) => {
    const callee = child(node, "Function");
    const name = nameOf(child(callee, "Name"));
    const body = callee.body?.();
    const outside = body === undefined ? outsideInvokes.get(name) : undefined;
    if (outside !== undefined) return outside(callee, input, env, context);
    if (body === undefined) return refuse("unknown-function", callee.span, { name });
    const result = callUserFunction(callee, body, { columns: [], env, context }, { kind: "tabular", rel: input });
    if (result.kind === "tabular") return result.rel;
    return refuse("unsupported-syntax", callee.span, {
      construct: `'${name}' as a table`,
      reason: "it gives a scalar",
    });
  },
});
