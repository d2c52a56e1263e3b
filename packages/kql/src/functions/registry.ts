import type { AggregateFunction } from "./aggregate.ts";
import { aggregateFunctions } from "./aggregates/index.ts";
import type { RefusedFunction, ScalarFunction } from "./define.ts";
import { scalarFamilies } from "./families.ts";

const scalars = new Map<string, ScalarFunction | RefusedFunction>();
for (const row of scalarFamilies) {
  scalars.set(row.name, row);
  if (row.kind === "scalar") for (const alias of row.aliases) scalars.set(alias, row);
}

const aggregates = new Map<string, AggregateFunction | RefusedFunction>();
for (const row of aggregateFunctions) {
  aggregates.set(row.name, row);
  if (row.kind === "aggregate") for (const alias of row.aliases) aggregates.set(alias, row);
}

/** The row of a scalar function or operator, by any of its names. */
export function scalarFunctionNamed(name: string): ScalarFunction | RefusedFunction | undefined {
  return scalars.get(name);
}

/** The row of an aggregation function, by any of its names. */
export function aggregateFunctionNamed(name: string): AggregateFunction | RefusedFunction | undefined {
  return aggregates.get(name);
}

/** Every name that a call can have. */
export function functionNames(): Iterable<string> {
  return [...scalars.keys(), ...aggregates.keys()].filter((name) => /^\w+$/.test(name));
}
