import { aggregate, number } from "../../sql/build.ts";
import { type AggregateFunction, aggregateFunction } from "../aggregate.ts";

/** Bitwise aggregations of whole numbers; null of nothing. */
export const bitAggregates: readonly AggregateFunction[] = (["and", "or", "xor"] as const).map((name) =>
  aggregateFunction({
    name: `binary_all_${name}`,
    summary: `The bitwise ${name} of all values.`,
    overloads: (["int", "long"] as const).map((type) => ({
      signature: `binary_all_${name}(value: ${type}): ${type}`,
      lower: { duckdb: (group, of = number(0)) => aggregate(`bit_${name}`, [of], { filter: group.filter }) },
    })),
  }),
);
