import { refuse } from "../diagnostics/diagnostic.ts";
import { commonType } from "../functions/resolve.ts";
import { literal, type Scalar } from "../ir/scalar.ts";
import type { Syntax } from "../syntax/tree.ts";
import type { KqlType } from "../values/type.ts";
import { argumentType, convertTo } from "./call.ts";
import type { Scope } from "./context.ts";
import { argumentsOf } from "./userFunction.ts";

/** `case(p1, v1, p2, v2, …, otherwise)` and `iff(p, v, otherwise)`: conditions and values alternate, so no signature says it. */
export function bindConditional(node: Syntax, scope: Scope): Scalar {
  const args = argumentsOf(node).map((arg) => scope.context.scalar(arg, scope));
  if (args.length < 3 || args.length % 2 === 0)
    return refuse("no-overload", node.span, {
      name: "case",
      given: args.map((arg) => arg.type),
      expected: ["case(condition: bool, value: T, …, otherwise: T): T"],
    });
  const isCondition = (index: number): boolean => index % 2 === 0 && index < args.length - 1;
  const type = typeOf(
    args.filter((_, index) => !isCondition(index)),
    node,
  );
  const converted = args.map((arg, index) => convertTo(arg, isCondition(index) ? "bool" : type, node.span));
  return (
    decided(converted) ?? {
      kind: "call",
      name: "case",
      overload: 0,
      args: converted,
      type,
      nullable: type !== "string" && converted.some((arg, index) => !isCondition(index) && arg.nullable),
      origin: node.span,
    }
  );
}

function typeOf(values: readonly Scalar[], node: Syntax): KqlType {
  const given = values.map(argumentType);
  const type = commonType(given);
  if (type !== undefined) return type;
  if (given.every((item) => item === "null")) return "dynamic";
  return refuse("no-overload", node.span, {
    name: "case",
    given: values.map((value) => value.type),
    expected: ["values of one type"],
  });
}

/** The value of a call whose first condition is a constant that decides. */
function decided(args: readonly Scalar[]): Scalar | undefined {
  const [condition, value, ...rest] = args;
  if (condition?.kind !== "literal" || value === undefined) return undefined;
  if (condition.value === true) return value;
  return rest.length === 1 ? (rest[0] ?? literal("dynamic", null)) : decided(rest);
}
