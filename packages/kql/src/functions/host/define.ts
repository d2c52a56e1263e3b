import type { SqlType } from "../../sql/ast.ts";
import { elements } from "../../values/jsonText.ts";

/** A value that crosses from SQL to a host function: VARCHAR, BIGINT, DOUBLE, BOOLEAN, or null. */
export type HostValue = string | bigint | number | boolean | null;

/**
 * A function that the engine lends to SQL: for what SQL can't say exactly. It must be pure and total; it sees nulls
 * only when `seesNulls`, else null arguments give null.
 */
export interface HostFunction {
  readonly name: `goshawk_${string}`;
  readonly parameters: readonly SqlType[];
  readonly result: SqlType;
  readonly seesNulls: boolean;
  run(...args: readonly HostValue[]): HostValue;
}

/** Declares a host function of non-null arguments. */
export function hostFunction(
  name: HostFunction["name"],
  parameters: readonly SqlType[],
  result: SqlType,
  run: HostFunction["run"],
): HostFunction {
  return { name, parameters, result, seesNulls: false, run: guarded(run) };
}

/** A value nested too deep, or a text too long, for the host has no answer; it must not end the query. */
function guarded(run: HostFunction["run"]): HostFunction["run"] {
  return (...args) => {
    try {
      return run(...args);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  };
}

/** Declares a host function of any number of dynamic arguments, which travel as one JSON array; nulls are JSON null. */
export function packedFunction(
  name: HostFunction["name"],
  result: SqlType,
  run: (args: readonly string[]) => HostValue,
): HostFunction {
  return hostFunction(name, ["VARCHAR"], result, (json) => run(elements(String(json))));
}
