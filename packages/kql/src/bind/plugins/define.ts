import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Rel } from "../../ir/rel.ts";
import type { LiteralValue, Scalar } from "../../ir/scalar.ts";
import { child, nameOf, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Environment } from "../context.ts";
import { argumentsOf } from "../userFunction.ts";

/** A call of a plugin by `evaluate`. */
export interface PluginCall {
  /** The `evaluate` operator. */
  readonly node: Syntax;
  /** The call in it. */
  readonly call: Syntax;
  readonly input: Rel;
  readonly env: Environment;
  readonly context: BindContext;
}

/** How a plugin becomes relational nodes. */
export interface Plugin {
  readonly name: string;
  readonly summary: string;
  /** Only where the plugin is not exact. */
  readonly approximate?: string;
  bind(call: PluginCall): Rel;
}

/** A plugin that can't be had here. */
export interface RefusedPlugin {
  readonly name: string;
  readonly reason: string;
}

/** The argument called `name`, or the one at `index` among those without a name. */
export function argument({ call }: PluginCall, index: number, name: string): Syntax | undefined {
  const given = argumentsOf(call);
  const named = given.find(
    (arg) => arg.kind === "SimpleNamedExpression" && nameOf(child(arg, "Name")).toLowerCase() === name.toLowerCase(),
  );
  if (named !== undefined) return child(named, "Expression");
  return given.filter((arg) => arg.kind !== "SimpleNamedExpression")[index];
}

/** As `argument`, but it must be there. */
export function required(call: PluginCall, index: number, name: string): Syntax {
  const found = argument(call, index, name);
  if (found !== undefined) return found;
  return refuse("unsupported-syntax", call.call.span, {
    construct: `This ${nameOf(child(call.call, "Name"))}`,
    reason: `it lacks the argument '${name}'`,
  });
}

/** An argument's scalar, free of columns. */
export function scalarArgument(node: Syntax, { env, context }: PluginCall): Scalar {
  return context.scalar(node, { columns: [], env, context });
}

/** The value of an argument that must be a constant; undefined where it is left out. */
export function constantArgument(call: PluginCall, index: number, name: string): LiteralValue | undefined {
  const node = argument(call, index, name);
  if (node === undefined) return undefined;
  const bound = scalarArgument(node, call);
  if (bound.kind === "literal") return bound.value;
  return refuse("not-a-constant", node.span, { name: nameOf(child(call.call, "Name")), what: `'${name}'` });
}
