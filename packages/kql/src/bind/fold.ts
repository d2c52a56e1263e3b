import { refuse } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/span.ts";
import type { Overload, ScalarFunction } from "../functions/define.ts";
import { type Literal, type LiteralValue, literal, type Scalar } from "../ir/scalar.ts";
import type { KqlType } from "../values/type.ts";

/** The constant that a call of constants is, or undefined where the engine must compute it. */
export function folded(overload: Overload, type: KqlType, args: readonly Scalar[]): Literal | undefined {
  if (overload.fold === undefined) return undefined;
  const values: NonNullable<LiteralValue>[] = [];
  for (const arg of args) {
    if (arg.kind !== "literal") return undefined;
    if (arg.value === null) return literal(type, null);
    values.push(arg.value);
  }
  const value = overload.fold(...values);
  return value === undefined ? undefined : literal(type, value);
}

/** Refuses constant arguments that the function's row refuses. */
export function complain(row: ScalarFunction, args: readonly Scalar[], origin: Span): void {
  const complaint = row.check?.(...args.map((arg) => (arg.kind === "literal" ? arg.value : undefined)));
  if (complaint !== undefined) refuse("unsupported-argument", origin, { name: row.name, ...complaint });
}
