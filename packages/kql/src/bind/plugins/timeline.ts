import type { Rel } from "../../ir/rel.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { nameOf, type Syntax } from "../../syntax/tree.ts";
import { columnNamed } from "../scope.ts";
import { argumentsOf } from "../userFunction.ts";
import { type PluginCall, required, scalarArgument } from "./define.ts";
import { quoted, runTemplate } from "./template.ts";

/** A column argument, as a template writes it. */
export function column(call: PluginCall, index: number, name: string): string {
  const node = required(call, index, name);
  return quoted(columnNamed(call.input.columns, nameOf(node), node.span).name);
}

export function scalar(call: PluginCall, index: number, name: string): Scalar {
  return scalarArgument(required(call, index, name), call);
}

/** The columns that split the rows, from argument `from` on. */
export function dimensions(call: PluginCall, from: number): readonly string[] {
  const rest: readonly Syntax[] = argumentsOf(call.call).slice(from);
  return rest.map((node) => quoted(columnNamed(call.input.columns, nameOf(node), node.span).name));
}

/** The arguments from `from` on that are not columns of the input. */
export function scalarsFrom({ call, input }: PluginCall, from: number): readonly Syntax[] {
  const rest = argumentsOf(call).slice(from);
  const end = rest.findIndex((node) => isColumn(node, input));
  return end < 0 ? rest : rest.slice(0, end);
}

function isColumn(node: Syntax, input: Rel): boolean {
  return node.kind === "NameReference" && input.columns.some((item) => item.name === nameOf(node));
}

export const listOf = (...names: readonly string[]): string => names.join(", ");

/** The names after a first one. */
export const furtherOf = (names: readonly string[]): string => names.map((name) => `, ${name}`).join("");

/** Runs a plugin's own query over its input, which it calls `T`. */
export function run(call: PluginCall, text: string, scalars: Readonly<Record<string, Scalar>>): Rel {
  return runTemplate(call, text, { tables: { T: { ...call.input, ordering: [] } }, scalars });
}
