import type { WindowFunction } from "./define.ts";
import { neighbourFunctions } from "./neighbours.ts";
import { rankFunctions } from "./ranks.ts";
import { runningFunctions } from "./running.ts";

/** Every window function; the support matrix comes from this list. */
export const windowFunctions: readonly WindowFunction[] = [
  ...neighbourFunctions,
  ...rankFunctions,
  ...runningFunctions,
];

const byName = new Map(windowFunctions.map((row) => [row.name, row]));

/** The row of a window function. */
export function windowFunctionNamed(name: string): WindowFunction | undefined {
  return byName.get(name);
}
