import type { SqlExpr } from "../sql/ast.ts";
import {
  add,
  attempt,
  bitAnd,
  cast,
  choose,
  coalesce,
  greaterOrEqual,
  multiply,
  number,
  once,
  subtract,
} from "../sql/build.ts";

const TWO_TO_64 = 18_446_744_073_709_551_616n;
const TWO_TO_63 = 9_223_372_036_854_775_808n;

/** The low 64 bits of a HUGEINT as a signed BIGINT: Kusto's `long` wraps around. */
export function wrap(huge: SqlExpr): SqlExpr {
  return once(bitAnd(huge, cast(number(TWO_TO_64 - 1n), "HUGEINT")), (low) =>
    cast(
      choose(
        greaterOrEqual(low, cast(number(TWO_TO_63), "HUGEINT")),
        subtract(low, cast(number(TWO_TO_64), "HUGEINT")),
        low,
      ),
      "BIGINT",
    ),
  );
}

const wrapping =
  (operation: (a: SqlExpr, b: SqlExpr) => SqlExpr) =>
  (a: SqlExpr, b: SqlExpr): SqlExpr => {
    if (small(a) && small(b)) return operation(a, b);
    return once(a, (x) =>
      once(b, (y) => coalesce(attempt(operation(x, y)), wrap(operation(cast(x, "HUGEINT"), cast(y, "HUGEINT"))))),
    );
  };

function small(arg: SqlExpr): boolean {
  return arg.kind === "value" && typeof arg.value === "bigint" && arg.value > -(1n << 31n) && arg.value < 1n << 31n;
}

export const addLong: (a: SqlExpr, b: SqlExpr) => SqlExpr = wrapping(add);
export const subtractLong: (a: SqlExpr, b: SqlExpr) => SqlExpr = wrapping(subtract);
export const multiplyLong: (a: SqlExpr, b: SqlExpr) => SqlExpr = wrapping(multiply);
