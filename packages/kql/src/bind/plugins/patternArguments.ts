import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Column } from "../../ir/column.ts";
import { type Literal, literal } from "../../ir/scalar.ts";
import { child, nameOf, type Syntax } from "../../syntax/tree.ts";
import type { KqlType } from "../../values/type.ts";
import { parseValue } from "../literal.ts";
import { columnNamed } from "../scope.ts";
import { argumentsOf } from "../userFunction.ts";
import { type PluginCall, scalarArgument } from "./define.ts";

/** Which numbers an argument may be. */
export interface NumberRange {
  readonly holds: (value: number) => boolean;
  readonly words: string;
}

export const between = (least: number, most: number): NumberRange => ({
  holds: (value) => value >= least && value <= most,
  words: `a number from ${least} to ${most}`,
});

export const atLeastOne: NumberRange = {
  holds: (value) => Number.isInteger(value) && value >= 1,
  words: "a whole number from 1 on",
};

/** The constant at a place; undefined where it is left out or `~` stands for its default. */
function constantAt(call: PluginCall, index: number): Literal | undefined {
  const node = argumentsOf(call.call)[index];
  if (node === undefined) return undefined;
  const bound = scalarArgument(node, call);
  if (bound.kind !== "literal")
    return refuse("not-a-constant", node.span, { name: nameOf(call.call), what: `argument ${index + 1}` });
  return bound.type === "string" && bound.value === "~" ? undefined : bound;
}

function refused(call: PluginCall, index: number, reason: string): never {
  const node = argumentsOf(call.call)[index] ?? call.call;
  return refuse("unsupported-argument", node.span, {
    name: nameOf(child(call.call, "Name")),
    argument: `argument ${index + 1}`,
    reason,
  });
}

const numbers: ReadonlySet<KqlType> = new Set(["int", "long", "real", "decimal"]);

/** The number at a place; a value that is none, or not in `range`, is refused. */
export function numberAt(call: PluginCall, index: number, otherwise: number, range: NumberRange): number {
  const found = constantAt(call, index);
  if (found === undefined) return otherwise;
  const value = numbers.has(found.type) && found.value !== null ? Number(found.value) : Number.NaN;
  return range.holds(value) ? value : refused(call, index, `it must be ${range.words}, or "~" for ${otherwise}`);
}

/** The column of weights at a place, unless it is left out or `~` stands there. */
export function weightAt(call: PluginCall, index: number): Column | undefined {
  const node: Syntax | undefined = argumentsOf(call.call)[index];
  if (node === undefined || node.kind === "StringLiteralExpression") return undefined;
  const column = columnNamed(call.input.columns, nameOf(node), node.span);
  if (column.type === "int" || column.type === "long") return column;
  return refused(
    call,
    index,
    `weights are counted as whole numbers, and '${column.name}' is a ${column.type}: give a column of tolong() of it`,
  );
}

/** What stands for "any value", by type: the constants from a place on. */
export function wildcards(call: PluginCall, from: number): ReadonlyMap<KqlType, Literal> {
  const found = new Map<KqlType, Literal>();
  for (let index = from; index < argumentsOf(call.call).length; index++) {
    const wildcard = constantAt(call, index);
    if (wildcard !== undefined) found.set(wildcard.type, wildcard);
  }
  return found;
}

/** The value of a column that tells a part of the rows; a text is read as a value of the column's type. */
export function splitValueAt(call: PluginCall, index: number, split: Column): Literal {
  const found = constantAt(call, index);
  if (found === undefined) return refused(call, index, `it must be a value of '${split.name}'`);
  const type = split.type === "dynamic" ? "string" : split.type;
  const fits = found.type === type || (numbers.has(found.type) && numbers.has(type));
  if (fits && found.value !== null) return found;
  const value = found.type === "string" ? parseValue(type, String(found.value).trim()) : undefined;
  if (value !== undefined) return literal(type, value);
  return refused(call, index, `it is no ${type}, as the column '${split.name}' asks for`);
}
