import { Refusal, refuse } from "../diagnostics/diagnostic.ts";
import { child, list, nameOf, optional, type Syntax } from "../syntax/tree.ts";
import type { KqlType } from "../values/type.ts";
import { convertTo } from "./call.ts";
import {
  type BindContext,
  type Binding,
  type Environment,
  environment,
  lookUp,
  type Scope,
  type UserFunction,
  type UserParameter,
} from "./context.ts";

/** The arguments of a call, in order. */
export function argumentsOf(node: Syntax): readonly Syntax[] {
  return list(child(node, "ArgumentList"), "Expressions");
}

/** `let f = (a: string, T: (x: long)) { … }` */
export function declareFunction(node: Syntax, env: Environment): UserFunction {
  const isView = child(node, "ViewKeyword").text !== "";
  const view = isView ? { view: child(node, "Body") } : {};
  return { kind: "function", parameters: parametersOf(child(node, "Parameters")), env, ...view };
}

/** The parameters that a parenthesized parameter list declares. */
export function parametersOf(node: Syntax): readonly UserParameter[] {
  return list(node, "Parameters").map((parameter) => {
    const declared = child(parameter, "NameAndType");
    const type = child(declared, "Type");
    const tabular = type.kind === "SchemaTypeExpression";
    const defaultValue = optional(child(parameter, "DefaultValue"), "Value");
    return {
      name: nameOf(child(declared, "Name")),
      tabular,
      ...(tabular ? {} : { type: typeNamed(child(type, "Type").text) }),
      ...(defaultValue === undefined ? {} : { defaultValue }),
    };
  });
}

const typeNames: Readonly<Record<string, KqlType>> = {
  bool: "bool",
  boolean: "bool",
  int: "int",
  int32: "int",
  long: "long",
  int64: "long",
  real: "real",
  double: "real",
  decimal: "decimal",
  datetime: "datetime",
  date: "datetime",
  timespan: "timespan",
  time: "timespan",
  string: "string",
  guid: "guid",
  uuid: "guid",
  uniqueid: "guid",
  dynamic: "dynamic",
};

/** The Kusto type that a type keyword names; `string` where it names none. */
export function typeNamed(keyword: string): KqlType {
  return typeNames[keyword.toLowerCase()] ?? "string";
}

/** What a call of a user-defined function gives: its body, with the parameters bound to the arguments. */
export function callUserFunction(node: Syntax, body: Syntax, scope: Scope, piped?: Binding): Binding {
  const name = nameOf(child(node, "Name"));
  const declared = lookUp(scope.env, name);
  const callee = declared?.kind === "function" ? declared : scope.context.storedFunction(name);
  if (callee === undefined)
    return refuse("unsupported-function", node.span, { name, reason: "its declaration was not found" });
  const env = environment(callee.env);
  bindArguments(node, callee, scope, env, piped);
  return declared === callee ? scope.context.block(body, env) : storedBody(node, body, env, scope.context);
}

/** The text of a stored function is not before the reader's eyes: what is wrong in it is said with its name. */
function storedBody(node: Syntax, body: Syntax, env: Environment, context: BindContext): Binding {
  try {
    return context.insideFunction(() => context.block(body, env));
  } catch (error) {
    if (!(error instanceof Refusal) || error.within !== undefined) throw error;
    const name = nameOf(child(node, "Name"));
    const message = `In the function '${name}': ${error.diagnostic.message}`;
    throw new Refusal({ ...error.diagnostic, message }, error.subject, name);
  }
}

function bindArguments(node: Syntax, callee: UserFunction, scope: Scope, env: Environment, piped?: Binding): void {
  const given = [...argumentsOf(node)];
  const named = new Map<string, Syntax>();
  const positional: Syntax[] = [];
  for (const arg of given) {
    if (arg.kind === "SimpleNamedExpression") named.set(nameOf(child(arg, "Name")), child(arg, "Expression"));
    else positional.push(arg);
  }
  callee.parameters.forEach((parameter, index) => {
    if (index === 0 && piped !== undefined) {
      env.names.set(parameter.name, piped);
      return;
    }
    const at = named.get(parameter.name) ?? positional.shift();
    env.names.set(parameter.name, argumentFor(parameter, at, node, scope, callee));
  });
}

function argumentFor(
  parameter: UserParameter,
  given: Syntax | undefined,
  node: Syntax,
  scope: Scope,
  callee: UserFunction,
): Binding {
  const value = given ?? parameter.defaultValue;
  if (value === undefined)
    return refuse("unsupported-syntax", node.span, {
      construct: `This call`,
      reason: `the parameter '${parameter.name}' has no value`,
    });
  if (parameter.tabular) return { kind: "tabular", rel: scope.context.tabular(value, scope.env) };
  const where = given === undefined ? { ...scope, columns: [], env: callee.env } : scope;
  const bound = scope.context.scalar(value, where);
  return { kind: "scalar", value: parameter.type === undefined ? bound : convertTo(bound, parameter.type, value.span) };
}
