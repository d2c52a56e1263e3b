import type { Span } from "../diagnostics/span.ts";
import { commonType } from "../functions/resolve.ts";
import { aggregate, project } from "../ir/build.ts";
import type { Column } from "../ir/column.ts";
import type { Rel } from "../ir/rel.ts";
import { columnRef, type Literal, literal, type Scalar } from "../ir/scalar.ts";
import { child, list, type Syntax } from "../syntax/tree.ts";
import type { KqlType } from "../values/type.ts";
import { aggregateCall, call, convertTo } from "./call.ts";
import type { Scope } from "./context.ts";
import { comparableItem } from "./equality.ts";
import { isTabular } from "./subquery.ts";

const names: Readonly<Record<string, string>> = {
  InExpression: "in",
  InCsExpression: "in",
  NotInExpression: "!in",
  NotInCsExpression: "!in",
  HasAnyExpression: "has_any",
  HasAllExpression: "has_all",
};

/** `in`, `in~`, `!in`, `!in~`, `has_any` and `has_all` over a list of scalars, arrays or a table's first column. */
export function bindIn(node: Syntax, scope: Scope): Scalar {
  const caseless = child(node, "Operator").text.endsWith("~");
  const name = `${names[node.kind] ?? "in"}${caseless ? "~" : ""}`;
  const value = scope.context.scalar(child(node, "Left"), scope);
  const right = child(node, "Right");
  const items = right.kind === "ExpressionList" ? list(right, "Expressions") : [right];
  const only = items[0];
  if (items.length === 1 && only !== undefined && isTabular(only, scope)) {
    if (name.startsWith("has_")) return call(`${name} array`, [value, setOf(only, node, scope)], node.span);
    return inTable(name, value, only, node, scope);
  }
  const bound = items.map((item) => scope.context.scalar(item, scope));
  const array = bound[0];
  if (bound.length === 1 && array?.type === "dynamic" && array.kind !== "literal" && !name.startsWith("has_"))
    return call(`${name} array`, [asElement(value, node.span), array], node.span);
  if (name.startsWith("has_")) return searchFor(name, value, bound, node);
  const found = bound.flatMap(elements);
  return call(name, [value, ...found.map((item) => comparableItem(value, item, node.span))], node.span);
}

/** Constants are searched for together, arrays that are not known yet one by one. */
function searchFor(name: string, value: Scalar, terms: readonly Scalar[], node: Syntax): Scalar {
  const isUnknownArray = (term: Scalar): boolean => term.type === "dynamic" && term.kind !== "literal";
  const constants = terms.filter((term) => !isUnknownArray(term)).flatMap(elements);
  const tests = terms.filter(isUnknownArray).map((array) => call(`${name} array`, [value, array], node.span));
  if (constants.length > 0 || tests.length === 0) tests.push(call(name, [value, ...constants], node.span));
  return tests.reduce((all, test) => call(name === "has_any" ? "or" : "and", [all, test], node.span));
}

/** The different values of a table's first column, as an array. */
function setOf(table: Syntax, node: Syntax, scope: Scope): Scalar {
  const query = scope.context.tabular(table, scope.env);
  const [first] = query.columns;
  if (first === undefined) return literal("dynamic", "[]");
  const made = aggregateCall("make_set", [columnRef(first)], node.span);
  const column = scope.context.newColumn("set", made.type, made.nullable);
  const set = aggregate(query, [], [{ column, call: made.call }], node.span);
  return { kind: "scalarQuery", query: set, type: made.type, nullable: made.nullable };
}

function inTable(name: string, value: Scalar, table: Syntax, node: Syntax, scope: Scope): Scalar {
  const query = scope.context.tabular(table, scope.env);
  const first = query.columns[0];
  const type = first === undefined ? value.type : (commonType([value.type, first.type]) ?? "string");
  const found: Scalar = {
    kind: "inQuery",
    value: convertTo(value, type, node.span),
    query: first === undefined || first.type === type ? query : firstAs(type, first, query, node, scope),
    caseSensitive: !name.endsWith("~"),
    type: "bool",
    nullable: false,
  };
  return name.startsWith("!") ? call("not", [found], node.span) : found;
}

/** A table's first column as values of a type. */
function firstAs(type: KqlType, first: Column, query: Rel, node: Syntax, scope: Scope): Rel {
  const column = scope.context.newColumn(first.name, type, true);
  return project(query, [{ column, value: convertTo(columnRef(first), type, node.span) }], node.span);
}

/** The text that a value has as an element of an array. */
function asElement(value: Scalar, origin: Span): Scalar {
  return value.type === "string" ? value : convertTo(convertTo(value, "dynamic", origin), "string", origin);
}

/** A constant array stands for its elements. */
function elements(item: Scalar): readonly Scalar[] {
  if (item.kind !== "literal" || item.type !== "dynamic" || typeof item.value !== "string") return [item];
  const parsed: unknown = JSON.parse(item.value);
  if (!Array.isArray(parsed)) return [item];
  return parsed.every((element) => isPlain(element)) ? parsed.map(elementLiteral) : [item];
}

function isPlain(element: unknown): boolean {
  return (
    typeof element === "string" ||
    typeof element === "boolean" ||
    (typeof element === "number" && Number.isSafeInteger(element))
  );
}

function elementLiteral(element: unknown): Literal {
  if (typeof element === "boolean") return literal("bool", element);
  return typeof element === "number" ? literal("long", BigInt(element)) : literal("string", String(element));
}
