import { refuse } from "../diagnostics/diagnostic.ts";
import { columnRef, literal, type Scalar } from "../ir/scalar.ts";
import { child, nameOf, type Syntax } from "../syntax/tree.ts";
import { bindAnyColumn } from "./anyColumn.ts";
import { call } from "./call.ts";
import type { Scope } from "./context.ts";
import { comparable, isEquality } from "./equality.ts";
import { bindFunctionCall } from "./functionCall.ts";
import { bindLiteral } from "./literal.ts";
import { bindIn } from "./membership.ts";
import { queryTime } from "./queryTime.ts";
import { columnNamed, scalarNamed } from "./scope.ts";
import { bindToScalar } from "./subquery.ts";
import { type TupleItem, tupleItems } from "./tuple.ts";

/** The official node kinds of binary operators, and how KQL spells them. */
const operators: Readonly<Record<string, string>> = {
  AddExpression: "+",
  SubtractExpression: "-",
  MultiplyExpression: "*",
  DivideExpression: "/",
  ModuloExpression: "%",
  EqualExpression: "==",
  NotEqualExpression: "!=",
  LessThanExpression: "<",
  LessThanOrEqualExpression: "<=",
  GreaterThanExpression: ">",
  GreaterThanOrEqualExpression: ">=",
  AndExpression: "and",
  OrExpression: "or",
  EqualTildeExpression: "=~",
  BangTildeExpression: "!~",
  HasExpression: "has",
  NotHasExpression: "!has",
  HasCsExpression: "has_cs",
  NotHasCsExpression: "!has_cs",
  HasPrefixExpression: "hasprefix",
  NotHasPrefixExpression: "!hasprefix",
  HasPrefixCsExpression: "hasprefix_cs",
  NotHasPrefixCsExpression: "!hasprefix_cs",
  HasSuffixExpression: "hassuffix",
  NotHasSuffixExpression: "!hassuffix",
  HasSuffixCsExpression: "hassuffix_cs",
  NotHasSuffixCsExpression: "!hassuffix_cs",
  LikeExpression: "like",
  NotLikeExpression: "notlike",
  LikeCsExpression: "likecs",
  NotLikeCsExpression: "notlikecs",
  ContainsExpression: "contains",
  NotContainsExpression: "!contains",
  ContainsCsExpression: "contains_cs",
  NotContainsCsExpression: "!contains_cs",
  StartsWithExpression: "startswith",
  NotStartsWithExpression: "!startswith",
  StartsWithCsExpression: "startswith_cs",
  NotStartsWithCsExpression: "!startswith_cs",
  EndsWithExpression: "endswith",
  NotEndsWithExpression: "!endswith",
  EndsWithCsExpression: "endswith_cs",
  NotEndsWithCsExpression: "!endswith_cs",
  MatchesRegexExpression: "matches regex",
};

/** Gives `node` its meaning in `scope`. */
export function bindScalar(node: Syntax, scope: Scope): Scalar {
  const intercepted = scope.intercept?.(node, scope);
  if (intercepted !== undefined) return intercepted;
  const anyOf = bindAnyColumn(node, scope);
  if (anyOf !== undefined) return anyOf;
  const time = queryTime(node, scope.context.now);
  if (time !== undefined) return literal("datetime", time);
  const constant = bindLiteral(node);
  if (constant !== undefined) return constant;
  const operator = operators[node.kind];
  if (operator !== undefined) return bindBinary(operator, node, scope);
  switch (node.kind) {
    case "NameReference":
      return bindName(node, scope);
    case "ParenthesizedExpression":
    case "SimpleNamedExpression":
      return bindScalar(child(node, "Expression"), scope);
    case "PathExpression":
      return bindPath(node, scope);
    case "ElementExpression":
      return bindElement(node, scope);
    case "UnaryMinusExpression":
      return bindMinus(node, scope);
    case "UnaryPlusExpression":
      return bindScalar(child(node, "Expression"), scope);
    case "BetweenExpression":
    case "NotBetweenExpression":
      return bindBetween(node, scope);
    case "InExpression":
    case "InCsExpression":
    case "NotInExpression":
    case "NotInCsExpression":
    case "HasAnyExpression":
    case "HasAllExpression":
      return bindIn(node, scope);
    case "FunctionCallExpression":
      return bindFunctionCall(node, scope);
    case "ToScalarExpression":
      return bindToScalar(child(node, "Expression"), scope);
    default:
      return refuse("unsupported-syntax", node.span, {
        construct: node.kind,
        reason: "Goshawk has no meaning for it here",
      });
  }
}

/** The least long has no positive counterpart: its digits are a literal only together with the sign. */
function bindMinus(node: Syntax, scope: Scope): Scalar {
  const operand = child(node, "Expression");
  if (child(operand, "Token").text === "9223372036854775808") return literal("long", -9_223_372_036_854_775_808n);
  return call("unary -", [scope.context.scalar(operand, scope)], node.span);
}

function bindName(node: Syntax, scope: Scope): Scalar {
  const name = nameOf(node);
  const preferBinding = node.symbol !== undefined && node.symbol.sort !== "ColumnSymbol";
  return scalarNamed(scope, name, node.span, preferBinding);
}

function bindBinary(operator: string, node: Syntax, scope: Scope): Scalar {
  const left = bindScalar(child(node, "Left"), scope);
  const right = bindScalar(child(node, "Right"), scope);
  return call(operator, isEquality(operator) ? comparable(left, right, node.span) : [left, right], node.span);
}

function bindBetween(node: Syntax, scope: Scope): Scalar {
  const couple = child(node, "Right");
  const value = bindScalar(child(node, "Left"), scope);
  const low = bindScalar(child(couple, "First"), scope);
  const second = bindScalar(child(couple, "Second"), scope);
  // `datetime between (start .. length)`: the end is start + length.
  const high = value.type === "datetime" && second.type === "timespan" ? call("+", [low, second], node.span) : second;
  return call(node.kind === "BetweenExpression" ? "between" : "!between", [value, low, high], node.span);
}

function bindPath(node: Syntax, scope: Scope): Scalar {
  const owner = child(node, "Expression");
  const selector = child(node, "Selector");
  const rows = owner.kind === "NameReference" ? scope.rows?.get(nameOf(owner)) : undefined;
  if (rows !== undefined) return columnRef(columnNamed(rows, nameOf(selector), selector.span));
  const special = owner.kind === "NameReference" ? scope.special?.(`${nameOf(owner)}.${nameOf(selector)}`) : undefined;
  if (special !== undefined) return special;
  return call(".", [bindScalar(owner, scope), literal("string", nameOf(selector))], node.span);
}

function bindElement(node: Syntax, scope: Scope): Scalar {
  const items = tupleItems(child(node, "Expression"), scope);
  if (items !== undefined) return tupleElement(node, items, scope);
  const owner = bindScalar(child(node, "Expression"), scope);
  const selector = child(node, "Selector");
  const inner = selector.fields.Expression ?? selector;
  return call("[]", [owner, bindScalar(inner, scope)], node.span);
}

function tupleElement(node: Syntax, items: readonly TupleItem[], scope: Scope): Scalar {
  const selector = child(node, "Selector");
  const index = bindScalar(selector.fields.Expression ?? selector, scope);
  const item = index.kind === "literal" ? items.at(Number(index.value)) : undefined;
  return item?.value ?? refuse("not-a-constant", selector.span, { name: "[]", what: "the place in a tuple" });
}
