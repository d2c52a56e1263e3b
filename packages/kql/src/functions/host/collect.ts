import { arrayText, bagText, identity, uniquePairs } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction, packedFunction } from "./define.ts";

/** The ends of aggregations whose values were gathered into one JSON array. */
export const collectors: readonly HostFunction[] = [
  packedFunction("goshawk_first_of_each", "VARCHAR", (items) => {
    const found = new Map<string, string>();
    for (const item of items) {
      const key = identity(item);
      if (!found.has(key)) found.set(key, item);
    }
    return arrayText([...found.values()]);
  }),
  hostFunction("goshawk_make_bag", ["VARCHAR", "BIGINT"], "VARCHAR", (bags, size) => {
    const pairs = new Map<string, string>();
    for (const bag of elements(String(bags))) {
      for (const [key, value] of uniquePairs(bag)) {
        if (pairs.size < Number(size) && !pairs.has(key)) pairs.set(key, value);
      }
    }
    return bagText(pairs);
  }),
  hostFunction("goshawk_weighted_percentile", ["VARCHAR", "DOUBLE"], "VARCHAR", (pairs, share) =>
    weightedPercentile(elements(String(pairs)).map(elements), Number(share)),
  ),
];

/** The first value, in order, up to which the weights reach a share (in percent) of their sum. */
function weightedPercentile(pairs: readonly (readonly string[])[], percent: number): string | null {
  const weighted = pairs
    .map(([value = "null", weight = "0"]) => ({ value, size: Number(value), weight: Number(weight) }))
    .filter((item) => item.weight > 0)
    .sort((a, b) => a.size - b.size);
  const total = weighted.reduce((sum, item) => sum + item.weight, 0);
  const wanted = (total * percent) / 100;
  let reached = 0;
  for (const { value, weight } of weighted) {
    reached += weight;
    if (reached >= wanted) return value;
  }
  return weighted.at(-1)?.value ?? null;
}
