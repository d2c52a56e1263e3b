import type { Rel } from "../ir/rel.ts";
import type { Scalar } from "../ir/scalar.ts";
import { childrenOf, scalarsOf } from "../ir/walk.ts";

/** Functions that give decimals of more than twenty digits. */
const names: ReadonlySet<string> = new Set(["parse_version"]);

/** Whether decimals of a query need more digits before their point than after it. */
export function needsLongDecimals(rel: Rel): boolean {
  const seen = new Set<Rel>();
  const visit = (node: Rel): boolean => {
    if (seen.has(node)) return false;
    seen.add(node);
    return scalarsOf(node).some(isLong) || childrenOf(node).some(visit);
  };
  return visit(rel);
}

function isLong(expr: Scalar): boolean {
  if (expr.kind === "inQuery") return isLong(expr.value);
  return expr.kind === "call" && (names.has(expr.name) || expr.args.some(isLong));
}
