import type { AggregateFunction } from "../aggregate.ts";
import type { RefusedFunction } from "../define.ts";
import { basicAggregates } from "./basic.ts";
import { listAggregates } from "./lists.ts";

/** Every aggregation function. */
export const aggregateFunctions: readonly (AggregateFunction | RefusedFunction)[] = [
  ...basicAggregates,
  ...listAggregates,
];
