import type { Scan, ScanColumn, StateColumn } from "../ir/rel.ts";
import { literal, type Scalar } from "../ir/scalar.ts";
import type { SqlExpr } from "../sql/ast.ts";
import { cast, field, number, struct } from "../sql/build.ts";
import { type LowerScope, lowerScalar, sqlName } from "./scalar.ts";

/** A null of the type of `of`. */
export function nothingLike(of: SqlExpr): SqlExpr {
  return {
    kind: "case",
    branches: [{ when: { kind: "value", value: false }, value: of }],
    otherwise: { kind: "value", value: null },
  };
}

/** An output row as the fold gathers it: the row, its step, its sequence and the declared columns. */
export function outputOf(rel: Scan, x: SqlExpr, outer: LowerScope): SqlExpr {
  const declared = rel.declared.map((item, index) => [`d${index}`, unassigned(item, x, outer)] as const);
  return struct({ x, k: cast(number(0), "BIGINT"), id: cast(number(0), "BIGINT"), ...Object.fromEntries(declared) });
}

/** What a state column holds while its step has no sequence. */
export function emptyValue(rel: Scan, state: StateColumn): Scalar {
  const declared = "declared" in state.source ? rel.declared[state.source.declared] : undefined;
  return declared?.initial ?? literal(state.type, null);
}

/** A declared column of a row whose step does not assign it. */
export function unassigned(item: ScanColumn, x: SqlExpr, outer: LowerScope): SqlExpr {
  return item.replaces === undefined ? lowerScalar(item.initial, outer) : field(x, sqlName(item.replaces));
}
