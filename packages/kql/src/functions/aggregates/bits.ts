import { aggregate, number } from "../../sql/build.ts";
import { type AggregateFunction, aggregateFunction } from "../aggregate.ts";

/** Bitwise aggregations of longs; null of nothing. */
export const bitAggregates: readonly AggregateFunction[] = (["and", "or", "xor"] as const).map((name) =>
  aggregateFunction({
    name: `binary_all_${name}`,
    summary: `The bitwise ${name} of all values.`,
    signature: `binary_all_${name}(value: long): long`,
    lower: { duckdb: (group, of = number(0)) => aggregate(`bit_${name}`, [of], { filter: group.filter }) },
  }),
);
