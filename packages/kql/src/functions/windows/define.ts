import type { Span } from "../../diagnostics/span.ts";
import type { Scalar } from "../../ir/scalar.ts";
import type { SqlExpr, SqlOrder, SqlOver } from "../../sql/ast.ts";
import { call } from "../../sql/build.ts";
import type { KqlType } from "../../values/type.ts";

/** A window function once its arguments are known. */
export interface WindowPlan {
  /** The window function that gives the result. */
  readonly name: string;
  readonly args: readonly Scalar[];
  /** Running numbers of the stretches between restarts. */
  readonly partitionBy: readonly Scalar[];
  readonly type: KqlType;
  readonly nullable: boolean;
}

/** What a plan may put below itself. */
export interface WindowBuilder {
  /** Another window function's result, computed first. */
  window(name: string, args: readonly Scalar[], partitionBy: readonly Scalar[]): Scalar;
  call(name: string, args: readonly Scalar[]): Scalar;
  convert(value: Scalar, type: KqlType): Scalar;
}

/** A function of the rows around a row, over serialized rows. */
export interface WindowFunction {
  readonly name: string;
  readonly summary: string;
  /** Rows that only other window functions use; no query can name them. */
  readonly internal?: boolean;
  plan(args: readonly Scalar[], build: WindowBuilder, origin: Span): WindowPlan;
  lower(args: readonly SqlExpr[], partitionBy: readonly SqlExpr[], orderBy: readonly SqlOrder[]): SqlExpr;
}

/** A SQL window function; `frame` says which rows of the stretch it sees. */
export function over(
  name: string,
  args: readonly SqlExpr[],
  partitionBy: readonly SqlExpr[],
  orderBy: readonly SqlOrder[],
  frame?: string,
): SqlOver {
  return {
    kind: "over",
    call: call(name, ...args),
    partitionBy,
    orderBy,
    ...(frame === undefined ? {} : { frame }),
  };
}

export const upToHere = "rows between unbounded preceding and current row";

/** The number of the stretch that a row is in: one more at every row where `restart` is true. */
export function segment(restart: Scalar | undefined, build: WindowBuilder): readonly Scalar[] {
  if (restart === undefined || (restart.kind === "literal" && restart.value !== true)) return [];
  return [build.window("running count", [build.call("tobool", [restart])], [])];
}
