import type { SqlExpr } from "../sql/ast.ts";
import {
  add,
  and,
  bitAnd,
  call,
  cast,
  choose,
  greaterOrEqual,
  lessOrEqual,
  multiply,
  number,
  once,
  subtract,
} from "../sql/build.ts";

const TWO_TO_64 = 2n ** 64n;
const TWO_TO_63 = 2n ** 63n;
const GREATEST = TWO_TO_63 - 1n;

const huge = (of: bigint): SqlExpr => cast(number(of), "HUGEINT");

/** The low 64 bits of a HUGEINT as a signed BIGINT: Kusto's `long` wraps around. */
export function wrap(of: SqlExpr): SqlExpr {
  const flipped = call("xor", bitAnd(of, huge(TWO_TO_64 - 1n)), huge(TWO_TO_63));
  return cast(subtract(flipped, huge(TWO_TO_63)), "BIGINT");
}

type Binary = (a: SqlExpr, b: SqlExpr) => SqlExpr;

/** From and up to which number an operand can't make the result leave a long, beside the other one where that is known. */
type Range = readonly [bigint, bigint];
type Safe = (other: bigint | undefined, side: "left" | "right") => Range;

/** Two such operands add up to a long. */
const half: Range = [-(2n ** 62n), 2n ** 62n - 1n];

const around = (shift: bigint): Range => (shift < 0n ? [-TWO_TO_63 - shift, GREATEST] : [-TWO_TO_63, GREATEST - shift]);

/**
 * The plain operation where both operands are in their safe range, else by way of HUGEINT. A check costs a tenth of
 * DuckDB's own way to go on after an overflow.
 */
const wrapping =
  (operation: Binary, safe: Safe): Binary =>
  (a, b) => {
    const [left, right] = [constant(a), constant(b)];
    return once(a, (x) =>
      once(b, (y) => {
        const checks = [
          ...(left === undefined ? within(x, safe(right, "left")) : []),
          ...(right === undefined ? within(y, safe(left, "right")) : []),
        ];
        const plain = operation(cast(x, "BIGINT"), cast(y, "BIGINT"));
        const wide = wrap(operation(cast(x, "HUGEINT"), cast(y, "HUGEINT")));
        return left !== undefined && right !== undefined ? wide : choose(and(...checks), plain, wide);
      }),
    );
  };

const within = (of: SqlExpr, [low, high]: Range): readonly SqlExpr[] => [
  ...(low > -TWO_TO_63 ? [greaterOrEqual(of, number(low))] : []),
  ...(high < GREATEST ? [lessOrEqual(of, number(high))] : []),
];

function constant(of: SqlExpr): bigint | undefined {
  return of.kind === "value" && typeof of.value === "bigint" ? of.value : undefined;
}

export const addLong: Binary = wrapping(add, (other) => (other === undefined ? half : around(other)));

export const subtractLong: Binary = wrapping(subtract, (other, side) => {
  if (other === undefined) return half;
  return side === "left" ? around(-other) : [other - GREATEST, other + TWO_TO_63];
});

export const multiplyLong: Binary = wrapping(multiply, (other) => {
  if (other === undefined) return [-(2n ** 31n), 2n ** 31n];
  const size = other < 0n ? -other : other;
  return size === 0n ? [-TWO_TO_63, GREATEST] : [-(GREATEST / size), GREATEST / size];
});
