import { plainText } from "../../values/dynamicValue.ts";
import { formatIpv6, type Ipv6, network6, parseComparable, parseIpv6 } from "../../values/ipAddress.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction } from "./define.ts";

export const ipv6Functions: readonly HostFunction[] = [
  hostFunction("goshawk_ipv6", ["VARCHAR"], "VARCHAR", (text) => canonical(String(text), 128)),
  hostFunction("goshawk_ipv6_mask", ["VARCHAR", "BIGINT"], "VARCHAR", (text, prefix) =>
    canonical(String(text), Number(prefix)),
  ),
  hostFunction("goshawk_ipv6_compare", ["VARCHAR", "VARCHAR", "BIGINT"], "BIGINT", (a, b, prefix) =>
    compare(String(a), String(b), Number(prefix)),
  ),
  hostFunction("goshawk_ipv6_in_any", ["VARCHAR", "VARCHAR"], "BOOLEAN", (ip, ranges) =>
    isInAny(String(ip), String(ranges)),
  ),
];

function canonical(text: string, prefix: number): string {
  const found = parseIpv6(text);
  if (found === undefined || prefix < 0 || prefix > 128) return "";
  return formatIpv6(network6(found.bits, Math.min(found.prefix, prefix)));
}

/** Two addresses under the shortest of their prefixes: -1, 0 or 1. IPv4 prefixes of an argument count from 96. */
function compare(a: string, b: string, prefix: number): bigint | null {
  const [left, right] = [parseComparable(a), parseComparable(b)];
  if (left === undefined || right === undefined || prefix < 0 || prefix > 128) return null;
  const shortest = Math.min(left.prefix, right.prefix, prefix);
  const [x, y] = [network6(left.bits, shortest), network6(right.bits, shortest)];
  return x === y ? 0n : x < y ? -1n : 1n;
}

let lastRanges: { readonly json: string; readonly ranges: readonly (Ipv6 | undefined)[] } | undefined;

/** A list of ranges seldom differs from row to row. */
function rangesOf(json: string): readonly (Ipv6 | undefined)[] {
  if (lastRanges?.json !== json) lastRanges = { json, ranges: texts(json).map(parseComparable) };
  return lastRanges.ranges;
}

function isInAny(address: string, json: string): boolean | null {
  const ip = parseComparable(address);
  const ranges = rangesOf(json);
  if (ip === undefined || (ranges.length > 0 && ranges.every((range) => range === undefined))) return null;
  const bits = network6(ip.bits, ip.prefix);
  return ranges.some(
    (range) => range !== undefined && network6(bits, range.prefix) === network6(range.bits, range.prefix),
  );
}

const texts = (json: string): readonly string[] => elements(json).map(plainText);
