import type { Rel } from "../ir/rel.ts";
import type { Scalar } from "../ir/scalar.ts";
import { nodesIn, scalarsOf } from "../ir/walk.ts";
import { holdsDecimal, KEPT_OF_LONG } from "../values/decimal.ts";

/** Functions that give decimals of more than twenty digits. */
const names: ReadonlySet<string> = new Set(["parse_version"]);
/** Functions that only choose between decimals. */
const choices: ReadonlySet<string> = new Set(["iff", "case", "coalesce", "min_of", "max_of"]);

/** Whether decimals of a query need more digits before their point than after it. */
export function needsLongDecimals(rel: Rel): boolean {
  return nodesIn(rel).some((node) => scalarsOf(node).some((expr) => holds(expr, isLong)));
}

/** What the decimals of a query lose where it needs long ones. */
export interface CutDecimals {
  /** A constant that would become another one, and the operator in which it stands. */
  readonly literal: { readonly text: string; readonly at: Rel } | undefined;
  /** Decimals of columns, or computed ones, of which nobody knows how many digits they have. */
  readonly computed: boolean;
}

export function cutDecimals(rel: Rel): CutDecimals | undefined {
  if (!needsLongDecimals(rel)) return undefined;
  const nodes = nodesIn(rel);
  const literals = nodes.flatMap((at) => textsIn(at).map((text) => ({ text, at })));
  return {
    literal: literals.find(({ text }) => !holdsDecimal(text, KEPT_OF_LONG)),
    computed: nodes.some(
      (node) =>
        (node.kind === "read" && node.columns.some(({ type }) => type === "decimal")) ||
        scalarsOf(node).some((expr) => holds(expr, isComputed)),
    ),
  };
}

const isLong = (expr: Scalar): boolean => expr.kind === "call" && names.has(expr.name);

const isComputed = (expr: Scalar): boolean =>
  expr.kind === "call" && expr.type === "decimal" && !names.has(expr.name) && !choices.has(expr.name);

function holds(expr: Scalar, test: (expr: Scalar) => boolean): boolean {
  if (test(expr)) return true;
  if (expr.kind === "inQuery") return holds(expr.value, test);
  return expr.kind === "call" && expr.args.some((arg) => holds(arg, test));
}

function textsIn(node: Rel): readonly string[] {
  if (node.kind === "values")
    return node.rows.flatMap((row) =>
      node.columns.flatMap(({ type }, index) => (type === "decimal" && row[index] != null ? [String(row[index])] : [])),
    );
  return scalarsOf(node).flatMap(literalsIn);
}

function literalsIn(expr: Scalar): readonly string[] {
  if (expr.kind === "literal") return expr.type === "decimal" && expr.value !== null ? [String(expr.value)] : [];
  if (expr.kind === "inQuery") return literalsIn(expr.value);
  return expr.kind === "call" ? expr.args.flatMap(literalsIn) : [];
}
