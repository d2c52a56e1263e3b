import type { Syntax } from "../syntax/tree.ts";
import { type ColumnComparison, chainOf, columnComparison } from "./comparison.ts";
import type { QueryLint } from "./context.ts";
import { type QueryNote, queryNote } from "./note.ts";

/** Conditions whose `and` and `or` say something else than exclusions usually mean. */
export const exclusionLogic: QueryLint = ({ nodes, text }) =>
  nodes.flatMap(({ node, parent }) => {
    if (node.kind !== "AndExpression" && node.kind !== "OrExpression") return [];
    if (parent?.kind === node.kind) return [];
    const { parts, words } = chainOf(node);
    const compared = parts.flatMap((part) => columnComparison(part) ?? []);
    const condition = text.slice(node.span.start, node.span.end).replaceAll(/\s+/g, " ");
    if (node.kind === "OrExpression") return ofOr(node, parts, compared, words, condition);
    return [...ofSameColumn(node, compared, condition), ...ofAnd(node, parent, parts, compared, words, condition)];
  });

function ofOr(
  node: Syntax,
  parts: readonly Syntax[],
  compared: readonly ColumnComparison[],
  words: readonly Syntax[],
  condition: string,
): readonly QueryNote[] {
  const negative = compared.filter((item) => item.negative);
  const instead = words.map(({ span }) => ({ span, text: "and" }));
  const twice = negative.find((item) =>
    negative.some((other) => other !== item && other.column === item.column && item.whole && disjoint(item, other)),
  );
  if (twice !== undefined)
    return [queryNote("always-true", node.span, { column: twice.column, condition }, { instead })];
  if (negative.length < 2 || negative.length < parts.length || negative.every(asksForPresence)) return [];
  const columns = columnsOf(negative);
  return [queryNote("or-of-exclusions", node.span, { columns, condition }, { instead })];
}

/** `a != 0 or b != ''` asks for rows that have either. */
function asksForPresence({ values }: ColumnComparison): boolean {
  return values.every((value) => /^(0(\.0*)?|false)?$/i.test(value));
}

function ofSameColumn(node: Syntax, compared: readonly ColumnComparison[], condition: string): readonly QueryNote[] {
  const positive = compared.filter((item) => !item.negative && item.whole);
  const twice = positive.find((item) =>
    positive.some((other) => other !== item && other.column === item.column && disjoint(item, other)),
  );
  return twice === undefined ? [] : [queryNote("never-true", node.span, { column: twice.column, condition })];
}

/** A group of its own that only leaves out: two comparisons of two columns, alone in `where` or in parentheses. */
function ofAnd(
  node: Syntax,
  parent: Syntax | undefined,
  parts: readonly Syntax[],
  compared: readonly ColumnComparison[],
  words: readonly Syntax[],
  condition: string,
): readonly QueryNote[] {
  const whole = compared.filter((item) => item.negative && item.whole);
  const columns = columnsOf(whole);
  const alone = parent?.kind === "FilterOperator" || parent?.kind === "ParenthesizedExpression";
  if (parts.length !== 2 || whole.length !== 2 || columns.length !== 2 || !alone) return [];
  const instead = words.map(({ span }) => ({ span, text: "or" }));
  return [queryNote("and-of-exclusions", node.span, { columns, condition }, { instead })];
}

function columnsOf(compared: readonly ColumnComparison[]): readonly string[] {
  return [...new Set(compared.map((item) => item.column))];
}

/** Whether no value is among the constants of both. */
function disjoint(a: ColumnComparison, b: ColumnComparison): boolean {
  const fold = (value: string): string => (a.exact && b.exact ? value : value.toLowerCase());
  const values = new Set(a.values.map(fold));
  return a.whole && b.whole && !b.values.some((value) => values.has(fold(value)));
}
