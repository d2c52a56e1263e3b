import type { Span } from "../diagnostics/span.ts";
import { escapeRegex } from "../functions/text/match.ts";
import type { Column } from "../ir/column.ts";
import { columnRef, literal, type Scalar } from "../ir/scalar.ts";
import { child, list, nameOf, type Syntax } from "../syntax/tree.ts";
import { call, convertTo } from "./call.ts";
import type { Scope } from "./context.ts";
import { bindLiteral } from "./literal.ts";
import { bindPredicate } from "./predicate.ts";

/** How `search` and `find` read their predicate. */
export interface SearchOptions {
  readonly caseSensitive: boolean;
  /** The columns that a term without a column is looked for in. */
  readonly columns: readonly Column[];
}

/** A predicate in which a text alone is a term to be found in any column, `column:"term"` one in that column. */
export function bindSearch(node: Syntax, scope: Scope, options: SearchOptions): Scalar {
  const inner = (at: Syntax): Scalar => bindSearch(at, scope, options);
  switch (node.kind) {
    case "ParenthesizedExpression":
      return inner(child(node, "Expression"));
    case "AndExpression":
      return call("and", [inner(child(node, "Left")), inner(child(node, "Right"))], node.span);
    case "OrExpression":
      return call("or", [inner(child(node, "Left")), inner(child(node, "Right"))], node.span);
    case "FunctionCallExpression": {
      const [only, ...more] = list(child(node, "ArgumentList"), "Expressions");
      const negates = nameOf(child(node, "Name")) === "not" && only !== undefined && more.length === 0;
      return negates ? call("not", [inner(only)], node.span) : bindPredicate(node, scope);
    }
    case "StarExpression":
      return literal("bool", true);
    case "StringLiteralExpression":
    case "CompoundStringLiteralExpression":
      return anyColumn(textOf(node), node, options);
    case "SearchExpression":
      return columnTerm(node, scope, options);
    default:
      return bindPredicate(node, options.caseSensitive ? caseSensitive(scope) : scope);
  }
}

function textOf(node: Syntax): string {
  return String(bindLiteral(node)?.value ?? "");
}

function anyColumn(term: string, node: Syntax, options: SearchOptions): Scalar {
  const tests = options.columns.map((column) => found(columnRef(column), term, node, options));
  return anyOf(tests, node.span);
}

function columnTerm(node: Syntax, scope: Scope, options: SearchOptions): Scalar {
  const left = child(node, "Left");
  const term = textOf(child(node, "Right"));
  if (left.kind === "StarExpression") return anyColumn(term, node, options);
  return found(scope.context.scalar(left, scope), term, node, options);
}

/** Halved again and again: as one chain, the columns of all tables would nest too deeply to be walked. */
function anyOf(tests: readonly Scalar[], origin: Span): Scalar {
  const [first] = tests;
  if (first === undefined) return literal("bool", false);
  if (tests.length === 1) return first;
  const half = Math.ceil(tests.length / 2);
  return call("or", [anyOf(tests.slice(0, half), origin), anyOf(tests.slice(half), origin)], origin);
}

/** The operator that a term's asterisks ask for. */
function found(value: Scalar, term: string, node: Syntax, { caseSensitive }: SearchOptions): Scalar {
  const text = convertTo(value, "string", node.span);
  const suffix = caseSensitive ? "_cs" : "";
  const [before, after] = [term.startsWith("*"), term.length > 1 && term.endsWith("*")];
  const core = term.slice(before ? 1 : 0, after ? -1 : undefined);
  if (core === "") return literal("bool", true);
  if (core.includes("*"))
    return call("matches regex", [text, literal("string", regexOf(term, caseSensitive))], node.span);
  const operator = before && after ? "contains" : before ? "hassuffix" : after ? "hasprefix" : "has";
  return call(`${operator}${suffix}`, [text, literal("string", core)], node.span);
}

function regexOf(term: string, caseSensitive: boolean): string {
  const start = term.startsWith("*") ? "" : String.raw`\b`;
  const end = term.endsWith("*") ? "" : String.raw`\b`;
  const middle = term
    .split("*")
    .filter((part) => part !== "")
    .map(escapeRegex);
  return `${caseSensitive ? "(?s)" : "(?is)"}${start}${middle.join(".*")}${end}`;
}

/** The official kinds of operators that ignore letter case, and the operators that don't. */
const strict: Readonly<Record<string, string>> = {
  HasExpression: "has_cs",
  NotHasExpression: "!has_cs",
  HasPrefixExpression: "hasprefix_cs",
  NotHasPrefixExpression: "!hasprefix_cs",
  HasSuffixExpression: "hassuffix_cs",
  NotHasSuffixExpression: "!hassuffix_cs",
  ContainsExpression: "contains_cs",
  NotContainsExpression: "!contains_cs",
  StartsWithExpression: "startswith_cs",
  NotStartsWithExpression: "!startswith_cs",
  EndsWithExpression: "endswith_cs",
  NotEndsWithExpression: "!endswith_cs",
  EqualTildeExpression: "==",
  BangTildeExpression: "!=",
};

function caseSensitive(scope: Scope): Scope {
  const intercept = (node: Syntax, at: Scope): Scalar | undefined => {
    const operator = strict[node.kind];
    if (operator === undefined || child(node, "Left").kind === "StarExpression") return undefined;
    const [left, right] = [child(node, "Left"), child(node, "Right")].map((side) => at.context.scalar(side, at));
    return left === undefined || right === undefined ? undefined : call(operator, [left, right], node.span);
  };
  return { ...scope, intercept };
}
