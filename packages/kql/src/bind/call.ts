import { refuse } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/span.ts";
import type { Nulls } from "../functions/define.ts";
import { aggregateFunctionNamed, scalarFunctionNamed } from "../functions/registry.ts";
import { type ArgumentType, resolve } from "../functions/resolve.ts";
import type { Signature } from "../functions/signature.ts";
import type { AggregateCall } from "../ir/rel.ts";
import { type Literal, literal, type Scalar } from "../ir/scalar.ts";
import { jsonText } from "../values/json.ts";
import type { KqlType } from "../values/type.ts";
import { complain, folded } from "./fold.ts";

/** A call of a scalar function or operator of the registry, or its value where that is a constant; refuses by name. */
export function call(name: string, args: readonly Scalar[], origin: Span): Scalar {
  const row = scalarFunctionNamed(name);
  if (row === undefined)
    return refuse("unsupported-function", origin, { name, reason: "Goshawk does not have it yet" });
  if (row.kind === "refused") return refuse("unsupported-function", origin, { name, reason: row.reason });
  const found = resolveOrRefuse(name, row.overloads, args, origin);
  const lower = row.overloads[found.overload]?.lower.duckdb;
  if (lower !== undefined && "unsupported" in lower)
    return refuse("unsupported-function", origin, { name, reason: lower.unsupported });
  const converted = args.map((arg, index) => convertTo(arg, found.parameters[index] ?? arg.type, origin));
  complain(row, converted, origin);
  const overload = row.overloads[found.overload];
  const constant = overload === undefined ? undefined : folded(overload, found.result, converted);
  if (constant !== undefined) return constant;
  const nullable = resultNullable(overload?.nulls ?? "possible", found.result, converted);
  return {
    kind: "call",
    name: row.name,
    overload: found.overload,
    args: converted,
    type: found.result,
    nullable,
    origin,
  };
}

/** A call of an aggregation function, and its result's type and nullability. */
export function aggregateCall(
  name: string,
  args: readonly Scalar[],
  origin: Span,
): { readonly call: AggregateCall; readonly type: KqlType; readonly nullable: boolean } {
  const row = aggregateFunctionNamed(name);
  if (row === undefined)
    return refuse("unsupported-function", origin, { name, reason: "Goshawk does not have this aggregation yet" });
  if (row.kind === "refused") return refuse("unsupported-function", origin, { name, reason: row.reason });
  const found = resolveOrRefuse(name, row.overloads, args, origin);
  const lower = row.overloads[found.overload]?.lower.duckdb;
  if (lower !== undefined && "unsupported" in lower)
    return refuse("unsupported-function", origin, { name, reason: lower.unsupported });
  const converted = args.map((arg, index) => convertTo(arg, found.parameters[index] ?? arg.type, origin));
  const condition = row.condition === undefined ? undefined : converted[row.condition];
  const rest = row.condition === undefined ? converted : converted.filter((_, index) => index !== row.condition);
  if (row.constantsFrom !== undefined && rest.slice(row.constantsFrom).some((arg) => arg.kind !== "literal"))
    return refuse("not-a-constant", origin, { name, what: `every argument after the first ${row.constantsFrom}` });
  return {
    call: {
      name: row.name,
      overload: found.overload,
      args: rest,
      ...(condition === undefined ? {} : { filter: condition }),
      origin,
    },
    type: found.result,
    nullable: resultNullable(row.overloads[found.overload]?.nulls ?? "possible", found.result, rest),
  };
}

function resolveOrRefuse(
  name: string,
  overloads: readonly { readonly signature: Signature }[],
  args: readonly Scalar[],
  origin: Span,
): { readonly overload: number; readonly parameters: readonly KqlType[]; readonly result: KqlType } {
  const signatures = overloads.map((overload) => overload.signature);
  const found = resolve(signatures, args.map(argumentType));
  if (found !== undefined) return found;
  return refuse("no-overload", origin, {
    name,
    given: args.map((arg) => arg.type),
    expected: signatures.map((signature) => signature.text),
  });
}

/** An argument's type, where a bare null has none. */
export function argumentType(arg: Scalar): ArgumentType {
  return arg.kind === "literal" && arg.type === "dynamic" && arg.value === null ? "null" : arg.type;
}

function resultNullable(nulls: Nulls, type: KqlType, args: readonly Scalar[]): boolean {
  if (type === "string" || nulls === "never") return false;
  return nulls === "possible" || args.some((arg) => arg.nullable);
}

/** `arg` as a value of type `to`, as Kusto converts an argument. */
export function convertTo(arg: Scalar, to: KqlType, origin: Span): Scalar {
  if (arg.type === to) return arg;
  if (arg.kind === "literal") {
    const converted = convertLiteral(arg, to);
    if (converted !== undefined) return converted;
  }
  if ((arg.type === "int" && to === "long") || (arg.type === "long" && to === "int")) return { ...arg, type: to };
  return call(to === "dynamic" ? "dynamic of" : `to${to}`, [arg], origin);
}

function convertLiteral(from: Literal, to: KqlType): Literal | undefined {
  if (from.value === null) return literal(to, null);
  if (to === "dynamic") return literal(to, jsonText(from.type, from.value));
  if (from.type === "real" && to === "decimal") return plainDecimal(String(from.value));
  if (from.type !== "int" && from.type !== "long") return undefined;
  if (to === "long" || to === "int") return literal(to, from.value);
  if (to === "real") return literal(to, Number(from.value));
  return to === "decimal" ? literal(to, String(from.value)) : undefined;
}

/** Digits that a decimal holds as they are; others are left to `todecimal`. */
function plainDecimal(digits: string): Literal | undefined {
  return /^-?\d{1,15}(\.\d{1,18})?$/.test(digits) ? literal("decimal", digits) : undefined;
}
