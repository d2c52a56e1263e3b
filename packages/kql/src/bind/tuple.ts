import { scalarFunctionNamed } from "../functions/registry.ts";
import { literal, type Scalar } from "../ir/scalar.ts";
import { child, nameOf, type OfficialColumn, type Syntax } from "../syntax/tree.ts";
import { call, convertTo } from "./call.ts";
import type { Scope } from "./context.ts";
import { argumentsOf } from "./userFunction.ts";

/** A column of a function that gives several, such as `series_fit_line()`. */
export interface TupleItem {
  /** The name that it gets where none is given; undefined where it is the call's only column. */
  readonly name: string | undefined;
  readonly value: Scalar;
}

/** The columns of a call that gives several, or undefined for any other expression. */
export function tupleItems(node: Syntax, scope: Scope): readonly TupleItem[] | undefined {
  if (node.kind === "ParenthesizedExpression") return tupleItems(child(node, "Expression"), scope);
  if (node.kind !== "FunctionCallExpression") return undefined;
  const name = nameOf(child(node, "Name"));
  const row = scalarFunctionNamed(name);
  if (row?.kind !== "scalar" || !row.tuple) return undefined;
  const args = argumentsOf(node).map((arg) => scope.context.scalar(arg, scope));
  const value = call(name, args, node.span);
  const columns: readonly (OfficialColumn | undefined)[] = node.tuple ?? [undefined];
  return columns.map((column, index) => {
    const type = column === undefined || column.type === "unknown" ? "dynamic" : column.type;
    const item = call("[]", [value, literal("long", BigInt(index))], node.span);
    return { name: column?.name, value: convertTo(item, type, node.span) };
  });
}
