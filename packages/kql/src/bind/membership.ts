import { refuse } from "../diagnostics/diagnostic.ts";
import { type Literal, literal, type Scalar } from "../ir/scalar.ts";
import { child, list, type Syntax } from "../syntax/tree.ts";
import { call } from "./call.ts";
import type { Scope } from "./context.ts";
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
    if (name.startsWith("has_"))
      return refuse("unsupported-syntax", node.span, {
        construct: `'${name}' over a table`,
        reason: "only lists of constants can be searched for",
      });
    return inTable(name, value, only, node, scope);
  }
  const bound = items.flatMap((item) => elements(scope.context.scalar(item, scope)));
  return call(name, [value, ...bound], node.span);
}

function inTable(name: string, value: Scalar, table: Syntax, node: Syntax, scope: Scope): Scalar {
  const query = scope.context.tabular(table, scope.env);
  const found: Scalar = {
    kind: "inQuery",
    value,
    query,
    caseSensitive: !name.endsWith("~"),
    type: "bool",
    nullable: false,
  };
  return name.startsWith("!") ? call("not", [found], node.span) : found;
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
