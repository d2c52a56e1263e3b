import { type Span, span } from "../diagnostics/span.ts";
import { noSymbols } from "../syntax/globals.ts";
import { parse } from "../syntax/parse.ts";
import { child, list, type Syntax } from "../syntax/tree.ts";
import { expressionFault } from "./expressionFault.ts";

/** The outline of a condition: how comparisons of a field with constants are put together. Spans are in its text. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[]; readonly span: Span }
  | { readonly kind: "not"; readonly part: Condition; readonly span: Span }
  | Comparison
  /** What has any other form. */
  | { readonly kind: "other"; readonly span: Span };

export interface Comparison {
  readonly kind: "comparison";
  /** A column, or a path such as `process.parent.name`. */
  readonly field: string;
  readonly fieldSpan: Span;
  /** As KQL writes it: `==`, `!contains`, `in~`, … */
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly values: readonly string[];
  readonly span: Span;
}

const HEAD = "print (\n";

/** The outline of a KQL condition, whatever its names refer to; undefined where it is none. */
export function conditionOutline(text: string): Condition | undefined {
  if (expressionFault(text) !== undefined) return undefined;
  const [statement] = list(parse(`${HEAD}${text}\n)`, noSymbols).root, "Statements");
  const [value] = statement === undefined ? [] : list(child(statement, "Expression"), "Expressions");
  return value === undefined ? undefined : outline(value, `${HEAD}${text}`);
}

function outline(node: Syntax, text: string): Condition {
  const at = inText(node.span);
  switch (node.kind) {
    case "ParenthesizedExpression":
      return outline(child(node, "Expression"), text);
    case "AndExpression":
    case "OrExpression": {
      const kind = node.kind === "AndExpression" ? "and" : "or";
      const parts = [outline(child(node, "Left"), text), outline(child(node, "Right"), text)];
      return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])), span: at };
    }
    case "FunctionCallExpression": {
      const [part, ...more] = list(child(node, "ArgumentList"), "Expressions");
      if (part === undefined || more.length > 0 || !/^not$/i.test(textOf(child(node, "Name"), text)))
        return { kind: "other", span: at };
      return { kind: "not", part: outline(part, text), span: at };
    }
  }
  return comparison(node, text) ?? { kind: "other", span: at };
}

function comparison(node: Syntax, text: string): Comparison | undefined {
  const { Left: left, Operator: operator, Right: right } = node.fields;
  if (left === undefined || operator === undefined || right === undefined) return undefined;
  if (left.kind !== "NameReference" && left.kind !== "PathExpression") return undefined;
  const constants = right.kind === "ExpressionList" ? list(right, "Expressions") : [right];
  const values = constants.map((item) => (item.kind.endsWith("LiteralExpression") ? literalText(item) : undefined));
  const known = values.filter((value) => value !== undefined);
  if (known.length !== values.length) return undefined;
  return {
    kind: "comparison",
    field: textOf(left, text),
    fieldSpan: inText(left.span),
    operator: textOf(operator, text),
    operatorSpan: inText(operator.span),
    values: known,
    span: inText(node.span),
  };
}

function literalText(node: Syntax): string {
  return child(node, "Token").value;
}

function textOf(node: Syntax, text: string): string {
  return text.slice(node.span.start, node.span.end);
}

function inText(of: Span): Span {
  return span(of.start - HEAD.length, of.end - HEAD.length);
}
