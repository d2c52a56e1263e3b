import type { Span } from "../diagnostics/span.ts";
import { project } from "../ir/build.ts";
import type { Values } from "../ir/rel.ts";
import { literal, type Scalar } from "../ir/scalar.ts";
import { substitute } from "../ir/substitute.ts";
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

/** `toscalar(…)`: the first column of the first row; a scalar has one value for all rows. */
export function bindToScalar(node: Syntax, scope: Scope): Scalar {
  if (!isTabular(node, scope)) return evaluatedOnce(scope.context.scalar(node, scope), node.span, scope);
  const query = scope.context.tabular(node, scope.env);
  const first = query.columns[0];
  if (first === undefined) return literal("dynamic", null);
  return { kind: "scalarQuery", query, type: first.type, nullable: first.type !== "string" };
}

/** A value that may differ from call to call, as a table of one row; one that reads a column stays as it is. */
function evaluatedOnce(value: Scalar, origin: Span, { context }: Scope): Scalar {
  let reads = false;
  const constant = substitute(value, (column) => {
    reads = true;
    return column;
  });
  if (constant !== undefined || reads) return value;
  const column = context.newColumn("$once", value.type, value.nullable);
  const oneRow: Values = { kind: "values", rows: [[]], columns: [], hidden: [], ordering: [], origin };
  const query = project(oneRow, [{ column, value }], origin);
  return { kind: "scalarQuery", query, type: value.type, nullable: value.type !== "string" };
}
