import { literal, type Scalar } from "../ir/scalar.ts";
import { nameOf, type Syntax } from "../syntax/tree.ts";
import { lookUp, type Scope } from "./context.ts";

/** Whether an expression gives a table. */
export function isTabular(node: Syntax, scope: Scope): boolean {
  if (node.columns !== undefined || node.kind === "PipeExpression") return true;
  if (node.kind === "ParenthesizedExpression") {
    const inner = node.fields.Expression;
    return inner !== undefined && isTabular(inner, scope);
  }
  return node.kind === "NameReference" && lookUp(scope.env, nameOf(node))?.kind === "tabular";
}

/** `toscalar(…)`: the first column of the first row; a scalar stays as it is. */
export function bindToScalar(node: Syntax, scope: Scope): Scalar {
  if (!isTabular(node, scope)) return scope.context.scalar(node, scope);
  const query = scope.context.tabular(node, scope.env);
  const first = query.columns[0];
  if (first === undefined) return literal("dynamic", null);
  return { kind: "scalarQuery", query, type: first.type, nullable: first.type !== "string" };
}
