import type { Column } from "../ir/column.ts";
import { columnRef, literal, type Scalar } from "../ir/scalar.ts";
import { child, type Syntax } from "../syntax/tree.ts";
import type { KqlType } from "../values/type.ts";
import { call, convertTo } from "./call.ts";
import type { Scope } from "./context.ts";

/** `* has "x"`: true when it holds for any column; `* !has "x"`: when it holds for all. */
export function bindAnyColumn(node: Syntax, scope: Scope): Scalar | undefined {
  const star = child(node, "Left");
  if (star.kind !== "StarExpression") return undefined;
  const negative = /^(Not|Bang)/.test(node.kind);
  const type = comparedType(node, scope);
  const tests = scope.columns
    .filter((column) => comparable(column, type))
    .map((column) => test(column, node, star, type, scope));
  const operator = negative ? "and" : "or";
  return tests.reduce<Scalar>((all, next) => call(operator, [all, next], node.span), literal("bool", negative));
}

function test(column: Column, node: Syntax, star: Syntax, type: KqlType, scope: Scope): Scalar {
  const value = type === "string" ? convertTo(columnRef(column), "string", node.span) : columnRef(column);
  const outer = scope.intercept;
  const place: Syntax = { ...star, kind: "ColumnInPlaceOfStar" };
  const compared: Syntax = { ...node, fields: { ...node.fields, Left: place } };
  return scope.context.scalar(compared, {
    ...scope,
    intercept: (at, inner) => (at === place ? value : outer?.(at, inner)),
  });
}

const numbers: ReadonlySet<KqlType> = new Set(["int", "long", "real", "decimal"]);

/** Texts are looked for in every column; other values in columns of their kind. */
function comparable(column: Column, type: KqlType): boolean {
  return type === "string" || column.type === type || (numbers.has(type) && numbers.has(column.type));
}

function comparedType(node: Syntax, scope: Scope): KqlType {
  const right = child(node, "Right");
  if (right.kind === "ExpressionList" || right.kind === "ExpressionCouple") return "string";
  return scope.context.scalar(right, scope).type;
}
