import type { Rel } from "./rel.ts";
import type { Scalar } from "./scalar.ts";
import { childrenOf, scalarsOf } from "./walk.ts";

/**
 * The earliest moment, in ticks, that the filters of a plan let through; undefined where some filter-free reading of
 * time is possible because no filter sets a lower bound. For saying whether a search had any rows to look at.
 */
export function earliestAllowed(rel: Rel): bigint | undefined {
  const bounds = [...lowerBounds(rel)];
  return bounds.sort((a, b) => (a < b ? -1 : 1))[0];
}

function* lowerBounds(rel: Rel): Generator<bigint> {
  if (rel.kind === "filter") yield* scalarsOf(rel).flatMap(boundsOf);
  for (const inner of childrenOf(rel)) yield* lowerBounds(inner);
}

/** Lower bounds of a conjunction on columns of type datetime. */
function boundsOf(expr: Scalar): readonly bigint[] {
  if (expr.kind !== "call") return [];
  const [a, b] = expr.args;
  switch (expr.name) {
    case "and":
      return expr.args.flatMap(boundsOf);
    case ">":
    case ">=":
    case "between":
      return boundOn(a, b);
    case "<":
    case "<=":
      return boundOn(b, a);
    default:
      return [];
  }
}

function boundOn(column: Scalar | undefined, bound: Scalar | undefined): readonly bigint[] {
  if (column?.kind !== "column" || column.type !== "datetime" || bound === undefined) return [];
  const ticks = constantTicks(bound);
  return ticks === undefined ? [] : [ticks];
}

/** Ticks of an expression of literals. */
export function constantTicks(expr: Scalar): bigint | undefined {
  if (expr.kind === "literal") return typeof expr.value === "bigint" ? expr.value : undefined;
  if (expr.kind !== "call") return undefined;
  const [a, b] = expr.args.map(constantTicks);
  if (a === undefined) return undefined;
  if (expr.name === "unary -") return -a;
  if (b === undefined) return undefined;
  return expr.name === "+" ? a + b : expr.name === "-" ? a - b : undefined;
}
