import { properties } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction } from "./define.ts";

/** Bags as arrays, for `mv-expand`; the texts of the values stay as they are. */
export const bags: readonly HostFunction[] = [
  hostFunction("goshawk_bag_properties", ["VARCHAR"], "VARCHAR", (json) =>
    array(properties(String(json)).map(([key, value]) => `{${key}:${value}}`)),
  ),
  hostFunction("goshawk_bag_pairs", ["VARCHAR"], "VARCHAR", (json) =>
    array(properties(String(json)).map(([key, value]) => `[${key},${value}]`)),
  ),
];

function array(items: readonly string[]): string {
  return `[${items.join(",")}]`;
}
