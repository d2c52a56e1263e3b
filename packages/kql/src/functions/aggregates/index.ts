import type { AggregateFunction } from "../aggregate.ts";
import { type RefusedFunction, refusedFunction } from "../define.ts";
import { basicAggregates } from "./basic.ts";
import { bitAggregates } from "./bits.ts";
import { distinctAggregates } from "./distinct.ts";
import { listAggregates } from "./lists.ts";
import { percentileAggregates } from "./percentiles.ts";
import { rowAggregates } from "./rows.ts";
import { sketchAggregates } from "./sketches.ts";
import { statisticAggregates } from "./statistics.ts";

/** Every aggregation function. */
export const aggregateFunctions: readonly (AggregateFunction | RefusedFunction)[] = [
  ...basicAggregates,
  ...bitAggregates,
  ...distinctAggregates,
  ...listAggregates,
  ...percentileAggregates,
  ...rowAggregates,
  ...sketchAggregates,
  ...statisticAggregates,
  refusedFunction("passthrough", "it is hidden, and what it answers is documented nowhere"),
];
