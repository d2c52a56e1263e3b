import { arrayText, plainText } from "../../values/dynamicValue.ts";
import { cidrList, formatIpv4, type Ipv4, network4, parseIpv4 } from "../../values/ipAddress.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction } from "./define.ts";

export const ipv4Functions: readonly HostFunction[] = [
  hostFunction("goshawk_ipv4", ["VARCHAR"], "BIGINT", (text) => {
    const found = parseIpv4(String(text));
    return found === undefined ? null : BigInt(network4(found.bits, found.prefix));
  }),
  hostFunction("goshawk_ipv4_mask", ["VARCHAR", "BIGINT"], "BIGINT", (text, prefix) => {
    const found = parseIpv4(String(text));
    const wanted = Number(prefix);
    if (found === undefined || wanted < 0 || wanted > 32) return null;
    return BigInt(network4(found.bits, Math.min(wanted, found.prefix)));
  }),
  hostFunction("goshawk_ipv4_compare", ["VARCHAR", "VARCHAR", "BIGINT"], "BIGINT", (a, b, prefix) =>
    compare(String(a), String(b), Number(prefix)),
  ),
  hostFunction("goshawk_ipv4_in_any", ["VARCHAR", "VARCHAR"], "BOOLEAN", (ip, ranges) =>
    isInAny(String(ip), String(ranges)),
  ),
  hostFunction("goshawk_ipv4_suffix", ["VARCHAR"], "BIGINT", (ip) => {
    const found = parseIpv4(String(ip));
    return found === undefined ? null : BigInt(found.prefix);
  }),
  hostFunction("goshawk_format_ipv4", ["VARCHAR", "BIGINT", "BOOLEAN"], "VARCHAR", (ip, prefix, suffix) =>
    format(String(ip), Number(prefix), suffix === true),
  ),
  hostFunction("goshawk_ipv4_cidrs", ["VARCHAR", "VARCHAR"], "VARCHAR", (first, last) => {
    const [from, to] = [parseIpv4(String(first)), parseIpv4(String(last))];
    if (from === undefined || to === undefined || from.bits > to.bits) return null;
    return arrayText(cidrList(from.bits, to.bits).map((item) => JSON.stringify(item)));
  }),
  hostFunction("goshawk_has_ipv4", ["VARCHAR", "VARCHAR"], "BOOLEAN", (text, list) => {
    const found = addressesIn(String(text));
    return found.length > 0 && texts(String(list)).some((address) => found.includes(address));
  }),
  hostFunction("goshawk_has_ipv4_prefix", ["VARCHAR", "VARCHAR"], "BOOLEAN", (text, list) => {
    const found = addressesIn(String(text));
    return found.length > 0 && texts(String(list)).some((prefix) => beginsSo(found, prefix));
  }),
];

/** Two addresses under the shortest of their prefixes: -1, 0 or 1. */
function compare(a: string, b: string, prefix: number): bigint | null {
  const [left, right] = [parseIpv4(a), parseIpv4(b)];
  if (left === undefined || right === undefined || prefix < 0 || prefix > 32) return null;
  const shortest = Math.min(left.prefix, right.prefix, prefix);
  const [x, y] = [network4(left.bits, shortest), network4(right.bits, shortest)];
  return x === y ? 0n : x < y ? -1n : 1n;
}

let lastRanges: { readonly json: string; readonly ranges: readonly (Ipv4 | undefined)[] } | undefined;

/** A list of ranges seldom differs from row to row. */
function rangesOf(json: string): readonly (Ipv4 | undefined)[] {
  if (lastRanges?.json !== json) lastRanges = { json, ranges: texts(json).map(parseIpv4) };
  return lastRanges.ranges;
}

/** Ranges that are none are passed over; null where nothing can be told. */
function isInAny(address: string, json: string): boolean | null {
  const ip = parseIpv4(address);
  const ranges = rangesOf(json);
  if (ip === undefined || (ranges.length > 0 && ranges.every((range) => range === undefined))) return null;
  const bits = network4(ip.bits, ip.prefix);
  return ranges.some(
    (range) => range !== undefined && network4(bits, range.prefix) === network4(range.bits, range.prefix),
  );
}

const texts = (json: string): readonly string[] => elements(json).map(plainText);

/** Addresses that stand in a text as such: no letter or digit at their borders. */
function addressesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}])(?=((?:\d{1,3}\.){3}\d{1,3})(?![\p{L}\p{N}]))/gu)]
    .map((match) => match[1] ?? "")
    .filter((address) => parseIpv4(address) !== undefined);
}

/** A prefix is a whole address, or ends with a dot. */
function beginsSo(found: readonly string[], prefix: string): boolean {
  if (parseIpv4(prefix) !== undefined) return found.includes(prefix);
  return /^(\d{1,3}\.){1,3}$/.test(prefix) && found.some((address) => address.startsWith(prefix));
}

/** An address may also come as a number in text. */
function format(text: string, prefix: number, suffix: boolean): string {
  const number = /^\d+$/.test(text) ? Number(text) : undefined;
  const found = number === undefined ? parseIpv4(text) : number < 2 ** 32 ? { bits: number, prefix: 32 } : undefined;
  if (found === undefined || prefix < 0 || prefix > 32) return "";
  const shortest = Math.min(found.prefix, prefix);
  return `${formatIpv4(network4(found.bits, shortest))}${suffix ? `/${shortest}` : ""}`;
}
