import type { SqlExpr } from "./ast.ts";
import { and, cases, no, not, or, yes } from "./build.ts";

const isTrue = (expr: SqlExpr): boolean => expr.kind === "value" && expr.value === true;
const isFalse = (expr: SqlExpr): boolean => expr.kind === "value" && expr.value === false;

/** `and` without the terms that are known. */
export function allOf(...terms: readonly SqlExpr[]): SqlExpr {
  return terms.some(isFalse) ? no : and(...terms.filter((term) => !isTrue(term)));
}

/** `or` without the terms that are known. */
export function anyOf(...terms: readonly SqlExpr[]): SqlExpr {
  return terms.some(isTrue) ? yes : or(...terms.filter((term) => !isFalse(term)));
}

export function noneOf(term: SqlExpr): SqlExpr {
  if (isTrue(term)) return no;
  return isFalse(term) ? yes : not(term);
}

/** `case` without the branches that are known. */
export function branchesOf(branches: readonly (readonly [SqlExpr, SqlExpr])[], otherwise: SqlExpr): SqlExpr {
  const open = branches.filter(([when]) => !isFalse(when));
  const sure = open.findIndex(([when]) => isTrue(when));
  const kept = sure < 0 ? open : open.slice(0, sure);
  const rest = sure < 0 ? otherwise : (open[sure]?.[1] ?? otherwise);
  return kept.length === 0 ? rest : cases(kept, rest);
}
