import { refuse } from "../diagnostics/diagnostic.ts";
import type { LiteralValue } from "../ir/scalar.ts";
import { child, list, nameOf, optional, type Syntax } from "../syntax/tree.ts";
import { convertTo } from "./call.ts";
import type { BindContext, Binding, Environment, QueryPattern } from "./context.ts";
import { argumentsOf, parametersOf } from "./userFunction.ts";

/** `declare pattern name = (a: string) { ("x") = { … }; }` */
export function declarePattern(statement: Syntax, env: Environment, context: BindContext): QueryPattern {
  const pattern = child(statement, "Pattern");
  if (optional(pattern, "PathParameter") !== undefined)
    return refuse("unsupported-syntax", pattern.span, {
      construct: "A pattern with a path",
      reason: "patterns of arguments alone are built",
    });
  const types = parametersOf(pattern).map((parameter) => parameter.type ?? "string");
  const matches = list(pattern, "Patterns").map((match) => ({
    values: list(child(match, "ParameterValues"), "Expressions").map((value, index) =>
      constant(value, types[index] ?? "string", env, context),
    ),
    body: child(match, "Body"),
  }));
  return { kind: "pattern", types, matches, env };
}

/** The body that stands for the arguments of a call. */
export function callPattern(node: Syntax, pattern: QueryPattern, env: Environment, context: BindContext): Binding {
  const given = argumentsOf(node).map((arg, index) => constant(arg, pattern.types[index] ?? "string", env, context));
  const found = pattern.matches.find(({ values }) => values.every((value, index) => value === given[index]));
  if (found !== undefined) return context.block(found.body, pattern.env);
  return refuse("unsupported-argument", node.span, {
    name: nameOf(child(node, "Name")),
    argument: "these arguments",
    reason: "the pattern declares nothing for them",
  });
}

function constant(
  node: Syntax,
  type: QueryPattern["types"][number],
  env: Environment,
  context: BindContext,
): LiteralValue {
  const value = convertTo(context.scalar(node, { columns: [], env, context }), type, node.span);
  return value.kind === "literal"
    ? value.value
    : refuse("not-a-constant", node.span, { name: "pattern", what: "every argument" });
}
