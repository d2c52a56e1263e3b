import type { Scalar } from "../ir/scalar.ts";
import type { SqlExpr } from "../sql/ast.ts";
import { and, equal, not, or } from "../sql/build.ts";
import { type LowerScope, lowerScalar } from "./scalar.ts";

/** A condition of WHERE, where null and false are one: `==` needs no guard against nulls there. */
export function lowerPredicate(expr: Scalar, scope: LowerScope): SqlExpr {
  if (expr.kind !== "call") return lowerScalar(expr, scope);
  if (expr.name === "and") return and(...expr.args.map((arg) => lowerPredicate(arg, scope)));
  if (expr.name === "or") return or(...expr.args.map((arg) => lowerPredicate(arg, scope)));
  const denied = deniedBy(expr);
  if (denied !== undefined) return whereFalse(denied, scope) ?? lowerScalar(expr, scope);
  const [a, b] = expr.args;
  if (expr.name === "==" && a !== undefined && b !== undefined && a.type !== "real")
    return equal(lowerScalar(a, scope), lowerScalar(b, scope));
  return whereTrue(expr, scope) ?? lowerScalar(expr, scope);
}

/** What `not(x)` and `x == false` deny. */
function deniedBy(expr: Scalar): Scalar | undefined {
  if (expr.kind !== "call") return undefined;
  const [a, b] = expr.args;
  if (expr.name === "not") return a;
  return expr.name === "==" && a?.type === "bool" && b?.kind === "literal" && b.value === false ? a : undefined;
}

/** The tests of `case when a then true when b then false else null`, which always have an answer. */
function testsOf(expr: Scalar, scope: LowerScope): readonly [SqlExpr, SqlExpr] | undefined {
  if (expr.kind !== "call" || expr.args.some((arg) => arg.nullable)) return undefined;
  const lowered = lowerScalar(expr, scope);
  if (lowered.kind !== "case" || lowered.branches.length !== 2 || !isValue(lowered.otherwise, null)) return undefined;
  const [yes, no] = lowered.branches;
  if (yes === undefined || no === undefined || !isValue(yes.value, true) || !isValue(no.value, false)) return undefined;
  const answered = [yes, no].every(({ when }) => when.kind === "call" && when.name === "regexp_full_match");
  return answered ? [yes.when, no.when] : undefined;
}

function isValue(expr: SqlExpr, of: boolean | null): boolean {
  return expr.kind === "value" && expr.value === of;
}

/** One test after another, each for the rows that are left, is quicker than CASE. */
function whereFalse(expr: Scalar, scope: LowerScope): SqlExpr | undefined {
  const tests = testsOf(expr, scope);
  return tests === undefined ? undefined : and(not(tests[0]), tests[1]);
}

function whereTrue(expr: Scalar, scope: LowerScope): SqlExpr | undefined {
  return testsOf(expr, scope)?.[0];
}
