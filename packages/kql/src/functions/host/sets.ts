import { arrayText, identity, isArray } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction, packedFunction } from "./define.ts";

/** Arrays as sets: each value once, in the order of its first appearance. */
export const sets: readonly HostFunction[] = [
  packedFunction("goshawk_set_union", "VARCHAR", (args) =>
    arrayText([...asSet(args.filter(isArray).flatMap(elements)).values()]),
  ),
  packedFunction("goshawk_set_intersect", "VARCHAR", ([first = "null", ...others]) =>
    isArray(first) && others.every(isArray) ? kept(first, others, (found, count) => found === count) : null,
  ),
  packedFunction("goshawk_set_difference", "VARCHAR", ([first = "null", ...others]) =>
    isArray(first) ? kept(first, others, (found) => found === 0) : null,
  ),
  hostFunction("goshawk_set_has_element", ["VARCHAR", "VARCHAR"], "BOOLEAN", (array, value) =>
    isArray(String(array)) ? asSet(elements(String(array))).has(identity(String(value))) : null,
  ),
  hostFunction("goshawk_set_equals", ["VARCHAR", "VARCHAR"], "BOOLEAN", (a, b) => {
    if (!isArray(String(a)) || !isArray(String(b))) return null;
    const [left, right] = [asSet(elements(String(a))), asSet(elements(String(b)))];
    return left.size === right.size && [...left.keys()].every((key) => right.has(key));
  }),
  hostFunction("goshawk_jaccard_index", ["VARCHAR", "VARCHAR"], "DOUBLE", (a, b) => {
    if (!isArray(String(a)) || !isArray(String(b))) return null;
    const [left, right] = [asSet(elements(String(a))), asSet(elements(String(b)))];
    const common = [...left.keys()].filter((key) => right.has(key)).length;
    return common / (left.size + right.size - common);
  }),
];

function asSet(items: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const item of items) {
    const key = identity(item);
    if (!found.has(key)) found.set(key, item);
  }
  return found;
}

function kept(first: string, others: readonly string[], keep: (found: number, count: number) => boolean): string {
  const sets = others.map((other) => asSet(elements(other)));
  const items = [...asSet(elements(first))].filter(([key]) =>
    keep(sets.filter((set) => set.has(key)).length, sets.length),
  );
  return arrayText(items.map(([, item]) => item));
}
