import type { ColumnRef, Scalar } from "./scalar.ts";

/** Functions whose value differs from call to call. */
const volatile: ReadonlySet<string> = new Set(["rand", "new_guid", "random order"]);

/** Whether an expression itself, without the queries in it, has another value from call to call. */
export function isVolatile(expr: Scalar): boolean {
  if (expr.kind === "inQuery") return isVolatile(expr.value);
  return expr.kind === "call" && (volatile.has(expr.name) || expr.args.some(isVolatile));
}

/** Expressions that grow beyond this are not worth their copies. */
const MOST_NODES = 1000;

/**
 * An expression with other expressions in place of its columns; undefined where a column has none, or where the
 * expression may have another value in another place: it holds a query or a volatile function.
 */
export function substitute(expr: Scalar, column: (of: ColumnRef) => Scalar | undefined): Scalar | undefined {
  const found = replaced(expr, column);
  return found === undefined || sizeOf(found) > MOST_NODES ? undefined : found;
}

function replaced(expr: Scalar, column: (of: ColumnRef) => Scalar | undefined): Scalar | undefined {
  switch (expr.kind) {
    case "literal":
      return expr;
    case "column":
      return column(expr);
    case "scalarQuery":
    case "inQuery":
      return undefined;
    case "call": {
      if (volatile.has(expr.name)) return undefined;
      const args: Scalar[] = [];
      for (const arg of expr.args) {
        const found = replaced(arg, column);
        if (found === undefined) return undefined;
        args.push(found);
      }
      return { ...expr, args };
    }
  }
}

function sizeOf(expr: Scalar): number {
  return expr.kind === "call" ? expr.args.reduce((sum, arg) => sum + sizeOf(arg), 1) : 1;
}

/** The columns of its row that an expression reads; those inside of queries are left out. */
export function columnsIn(expr: Scalar): ReadonlySet<number> {
  if (expr.kind === "column") return new Set([expr.id]);
  return new Set(expr.kind === "call" ? expr.args.flatMap((arg) => [...columnsIn(arg)]) : []);
}
