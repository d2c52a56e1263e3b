import { scalarFunctionNamed } from "../functions/registry.ts";
import { literal, type Scalar } from "../ir/scalar.ts";
import { child, list, nameOf, type OfficialColumn, type Syntax } from "../syntax/tree.ts";
import { call, convertTo } from "./call.ts";
import type { Scope } from "./context.ts";
import { explicitName, valueNode } from "./named.ts";
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

/**
 * The columns that an assignment of such a call makes, under the given names as far as these reach; undefined for any
 * other assignment. `project` keeps the columns that are not named, `extend` drops them where any is.
 */
export function tupleAssignments(
  node: Syntax,
  scope: Scope,
  unnamed: "kept" | "dropped",
): readonly TupleItem[] | undefined {
  const items = tupleItems(valueNode(node), scope);
  const names = namesOf(node);
  const kept = unnamed === "dropped" && names.length > 0 ? items?.slice(0, names.length) : items;
  return kept?.map((item, index) => ({ ...item, name: names[index] ?? item.name }));
}

function namesOf(node: Syntax): readonly string[] {
  if (node.kind === "CompoundNamedExpression") return list(child(node, "Names"), "Names").map(nameOf);
  const name = explicitName(node);
  return name === undefined ? [] : [name];
}
