import type { Column } from "../ir/column.ts";
import type { Item } from "../ir/rel.ts";
import type { Scalar } from "../ir/scalar.ts";
import { literal } from "../ir/scalar.ts";
import { child, list, nameOf, type Syntax } from "../syntax/tree.ts";
import { call } from "./call.ts";
import type { BindContext, Scope } from "./context.ts";

/** The explicit name of `name = expression`, or undefined. */
export function explicitName(node: Syntax): string | undefined {
  return node.kind === "SimpleNamedExpression" ? nameOf(child(node, "Name")) : undefined;
}

/** The expression of `name = expression`, or the node itself. */
export function valueNode(node: Syntax): Syntax {
  return node.kind === "SimpleNamedExpression" || node.kind === "CompoundNamedExpression"
    ? child(node, "Expression")
    : node;
}

/** An output column for `value`: a column handed on under its own name keeps its id, unless `taken` has it. */
export function itemFor(name: string, value: Scalar, context: BindContext, taken: ReadonlySet<number>): Item {
  if (value.kind === "column" && !taken.has(value.id)) {
    const column: Column = { id: value.id, name, type: value.type, nullable: value.nullable };
    return { column, value };
  }
  return { column: context.newColumn(name, value.type, value.nullable), value };
}

/** `(a, b) = expression`: each name gets an element of the dynamic array. */
export function compoundItems(
  node: Syntax,
  scope: Scope,
): readonly { readonly name: string; readonly value: Scalar }[] {
  const value = scope.context.scalar(child(node, "Expression"), scope);
  return list(child(node, "Names"), "Names").map((name, index) => ({
    name: nameOf(name),
    value: call("[]", [value, literal("long", BigInt(index))], node.span),
  }));
}

/** The name that Kusto gives an unnamed expression: the column's, the path's, or none (the caller makes `Column1`). */
export function impliedName(node: Syntax): string | undefined {
  switch (node.kind) {
    case "NameReference":
      return nameOf(node);
    case "ParenthesizedExpression":
      return impliedName(child(node, "Expression"));
    case "PathExpression": {
      const owner = impliedName(child(node, "Expression"));
      return owner === undefined ? undefined : `${owner}_${nameOf(child(node, "Selector"))}`;
    }
    case "ElementExpression": {
      const owner = impliedName(child(node, "Expression"));
      const inner = child(node, "Selector").fields.Expression;
      const token = inner?.fields.Token;
      return owner === undefined || token === undefined ? undefined : `${owner}_${token.value}`;
    }
    case "FunctionCallExpression":
      return impliedByFunction(node);
    default:
      return undefined;
  }
}

function impliedByFunction(node: Syntax): string | undefined {
  const how = node.symbol?.resultName;
  if (how === undefined) return undefined;
  const first = list(child(node, "ArgumentList"), "Expressions")[0];
  const argument = how.argument && first !== undefined ? impliedName(valueNode(first)) : undefined;
  if (how.prefix === undefined) return argument;
  return how.argument ? `${how.prefix}_${argument ?? ""}` : how.prefix;
}
