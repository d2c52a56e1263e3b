import { child, list, type Syntax } from "../syntax/tree.ts";

/** A comparison of a column with constants. */
export interface ColumnComparison {
  readonly node: Syntax;
  readonly column: string;
  readonly operator: Syntax;
  /** Whether it is true where the column is none of the constants. */
  readonly negative: boolean;
  /** Whether letter case counts. */
  readonly exact: boolean;
  readonly values: readonly string[];
  /** `==`, `!=`, `in` and their like: the whole value is compared. */
  readonly whole: boolean;
}

const operators: ReadonlyMap<string, Pick<ColumnComparison, "negative" | "exact" | "whole">> = new Map(
  Object.entries({
    EqualExpression: [false, true, true],
    EqualTildeExpression: [false, false, true],
    InExpression: [false, false, true],
    InCsExpression: [false, true, true],
    NotEqualExpression: [true, true, true],
    BangTildeExpression: [true, false, true],
    NotInExpression: [true, false, true],
    NotInCsExpression: [true, true, true],
    NotContainsExpression: [true, false, false],
    NotContainsCsExpression: [true, true, false],
    NotHasExpression: [true, false, false],
    NotHasCsExpression: [true, true, false],
    NotStartsWithExpression: [true, false, false],
    NotEndsWithExpression: [true, false, false],
  } satisfies Record<string, readonly [boolean, boolean, boolean]>).map(([kind, [negative, exact, whole]]) => [
    kind,
    { negative, exact, whole },
  ]),
);

/** A node as a comparison of a column with constants; parentheses around it are looked through. */
export function columnComparison(node: Syntax): ColumnComparison | undefined {
  if (node.kind === "ParenthesizedExpression") return columnComparison(child(node, "Expression"));
  const known = operators.get(node.kind);
  const { Left: left, Operator: operator, Right: right } = node.fields;
  if (known === undefined || left === undefined || operator === undefined || right === undefined) return undefined;
  if (left.kind !== "NameReference" || left.symbol?.sort !== "ColumnSymbol") return undefined;
  const constants = right.kind === "ExpressionList" ? list(right, "Expressions") : [right];
  if (constants.length === 0 || constants.some((item) => !item.kind.endsWith("LiteralExpression"))) return undefined;
  const values = constants.map((item) => child(item, "Token").value);
  return { node, column: left.symbol.name, operator, values, ...known };
}

/** The operands of a chain of `and` or of `or`, and the words between them. */
export function chainOf(node: Syntax): { readonly parts: readonly Syntax[]; readonly words: readonly Syntax[] } {
  const parts: Syntax[] = [];
  const words: Syntax[] = [];
  const visit = (item: Syntax): void => {
    if (item.kind !== node.kind) {
      parts.push(item);
      return;
    }
    visit(child(item, "Left"));
    words.push(child(item, "Operator"));
    visit(child(item, "Right"));
  };
  visit(node);
  return { parts, words };
}
