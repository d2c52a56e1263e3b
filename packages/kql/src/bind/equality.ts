import type { Span } from "../diagnostics/span.ts";
import type { Scalar } from "../ir/scalar.ts";
import type { KqlType } from "../values/type.ts";
import { convertTo } from "./call.ts";

/** `==`, `!=`, `in` and `!in` take a string beside any other type, which the orders (`<` and the like) don't. */
export function isEquality(operator: string): boolean {
  return operator === "==" || operator === "!=";
}

/**
 * A string beside a value of another type is read as that type; but a constant of another type beside a string is
 * read as its text, so that the column need not be converted.
 */
export function comparable(left: Scalar, right: Scalar, origin: Span): readonly [left: Scalar, right: Scalar] {
  if (!mixed(left.type, right.type)) return [left, right];
  if (right.kind === "literal") return [left, convertTo(right, left.type, origin)];
  if (left.kind === "literal") return [convertTo(left, right.type, origin), right];
  return left.type === "string"
    ? [convertTo(left, right.type, origin), right]
    : [left, convertTo(right, left.type, origin)];
}

/** An item of `in` as a value of the searched value's type. */
export function comparableItem(value: Scalar, item: Scalar, origin: Span): Scalar {
  return mixed(value.type, item.type) ? convertTo(item, value.type, origin) : item;
}

function mixed(left: KqlType, right: KqlType): boolean {
  return left !== right && (left === "string" || right === "string") && left !== "dynamic" && right !== "dynamic";
}
