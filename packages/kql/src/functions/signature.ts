import { InvariantError } from "../diagnostics/diagnostic.ts";
import type { KqlType } from "../values/type.ts";

/**
 * A parameter's type: a Kusto type; `any` takes every type as it is; `T` stands for one type that all `T` of a
 * signature share (the common type of the arguments).
 */
export type ParameterType = KqlType | "any" | "T";

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly optional: boolean;
  /** Takes all further arguments. */
  readonly rest: boolean;
}

/** One way to call a function. */
export interface Signature {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  readonly result: KqlType | "T";
}

const types: ReadonlySet<string> = new Set([
  "bool",
  "int",
  "long",
  "real",
  "decimal",
  "datetime",
  "timespan",
  "string",
  "guid",
  "dynamic",
  "any",
  "T",
]);

/** Reads `name(a: string, b?: long, ...rest: dynamic): bool`. */
export function parseSignature(text: string): Signature {
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  const result = text
    .slice(close + 1)
    .replace(":", "")
    .trim();
  if (open < 0 || close < open || !types.has(result)) throw new InvariantError(`not a signature: ${text}`);
  const inside = text.slice(open + 1, close).trim();
  const parameters = inside === "" ? [] : inside.split(",").map((part) => parseParameter(part.trim(), text));
  return { text, parameters, result: result as KqlType | "T" };
}

function parseParameter(part: string, signature: string): Parameter {
  const match = /^(\.\.\.)?(\w+)(\?)?:\s*(\w+)$/.exec(part);
  const [, dots, name = "", question, type = ""] = match ?? [];
  if (match === null || !types.has(type)) throw new InvariantError(`not a parameter: ${part} in ${signature}`);
  return { name, type: type as ParameterType, optional: question !== undefined, rest: dots !== undefined };
}
