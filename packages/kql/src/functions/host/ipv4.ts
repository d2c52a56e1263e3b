import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction } from "./define.ts";

interface Address {
  readonly bits: number;
  readonly prefix: number;
}

const octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const addressPattern = new RegExp(`^${octet}[.]${octet}[.]${octet}[.]${octet}(?:/(\\d{1,2}))?$`);

/** An address and its prefix, undefined where the text is none. */
function parse(text: string): Address | undefined {
  const match = addressPattern.exec(text.trim());
  if (match === null) return undefined;
  const prefix = match[5] === undefined ? 32 : Number(match[5]);
  const bits = match.slice(1, 5).reduce((sum, part) => sum * 256 + Number(part), 0);
  return prefix > 32 ? undefined : { bits, prefix };
}

/** The network's bits: those right of the prefix are zero. */
function masked(bits: number, prefix: number): number {
  const size = 2 ** (32 - prefix);
  return Math.floor(bits / size) * size;
}

function dotted(bits: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join(".");
}

/** Two addresses under the shortest of their prefixes: -1, 0 or 1. */
function compare(a: string, b: string, prefix: number): bigint | null {
  const [left, right] = [parse(a), parse(b)];
  if (left === undefined || right === undefined || prefix < 0 || prefix > 32) return null;
  const shortest = Math.min(left.prefix, right.prefix, prefix);
  const [x, y] = [masked(left.bits, shortest), masked(right.bits, shortest)];
  return x === y ? 0n : x < y ? -1n : 1n;
}

function isInRange(address: string, range: string): boolean | null {
  const [ip, network] = [parse(address), parse(range)];
  if (ip === undefined || network === undefined) return null;
  return masked(ip.bits, network.prefix) === masked(network.bits, network.prefix);
}

function texts(json: string): readonly string[] {
  return elements(json).map((item) => (item.startsWith('"') ? String(JSON.parse(item)) : item));
}

function isPrivate(text: string): boolean | null {
  if (parse(text) === undefined) return null;
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((range) => isInRange(text, range) === true);
}

/** Addresses that stand in a text as such: no digit, letter or dot at their borders. */
function addressesIn(text: string): readonly string[] {
  return (text.match(/(?<![0-9A-Za-z.])\d{1,3}(?:\.\d{1,3}){3}(?![0-9A-Za-z.])/g) ?? []).filter(
    (found) => parse(found) !== undefined,
  );
}

function hasPrefix(text: string, prefix: string): boolean {
  const whole = parse(prefix) !== undefined;
  if (!whole && !/^(\d{1,3}\.){1,3}$/.test(prefix)) return false;
  return addressesIn(text).some((found) => (whole ? found === prefix : found.startsWith(prefix)));
}

export const ipv4Functions: readonly HostFunction[] = [
  hostFunction("goshawk_ipv4", ["VARCHAR"], "BIGINT", (text) => {
    const found = parse(String(text));
    return found === undefined ? null : BigInt(masked(found.bits, found.prefix));
  }),
  hostFunction("goshawk_ipv4_mask", ["VARCHAR", "BIGINT"], "BIGINT", (text, prefix) => {
    const found = parse(String(text));
    const wanted = Number(prefix);
    return found === undefined || wanted < 0 || wanted > 32
      ? null
      : BigInt(masked(found.bits, Math.min(wanted, found.prefix)));
  }),
  hostFunction("goshawk_ipv4_compare", ["VARCHAR", "VARCHAR", "BIGINT"], "BIGINT", (a, b, prefix) =>
    compare(String(a), String(b), Number(prefix)),
  ),
  hostFunction("goshawk_ipv4_in_range", ["VARCHAR", "VARCHAR"], "BOOLEAN", (ip, range) =>
    isInRange(String(ip), String(range)),
  ),
  hostFunction("goshawk_ipv4_in_any", ["VARCHAR", "VARCHAR"], "BOOLEAN", (ip, ranges) => {
    const answers = texts(String(ranges)).map((range) => isInRange(String(ip), range));
    return answers.includes(true)
      ? true
      : answers.length > 0 && answers.every((answer) => answer === null)
        ? null
        : false;
  }),
  hostFunction("goshawk_ipv4_private", ["VARCHAR"], "BOOLEAN", (ip) => isPrivate(String(ip))),
  hostFunction("goshawk_ipv4_suffix", ["VARCHAR"], "BIGINT", (ip) => {
    const found = parse(String(ip));
    return found === undefined ? null : BigInt(found.prefix);
  }),
  hostFunction("goshawk_format_ipv4", ["VARCHAR", "BIGINT", "BOOLEAN"], "VARCHAR", (ip, prefix, suffix) =>
    format(String(ip), Number(prefix), suffix === true),
  ),
  hostFunction("goshawk_has_ipv4", ["VARCHAR", "VARCHAR"], "BOOLEAN", (text, list) => {
    const found = addressesIn(String(text));
    return texts(String(list)).some((address) => found.includes(address));
  }),
  hostFunction("goshawk_has_ipv4_prefix", ["VARCHAR", "VARCHAR"], "BOOLEAN", (text, list) =>
    texts(String(list)).some((prefix) => hasPrefix(String(text), prefix)),
  ),
];

/** An address may also come as a number in text. */
function format(text: string, prefix: number, suffix: boolean): string {
  const number = /^\d+$/.test(text) ? Number(text) : undefined;
  const found = number === undefined ? parse(text) : number < 2 ** 32 ? { bits: number, prefix: 32 } : undefined;
  if (found === undefined || prefix < 0 || prefix > 32) return "";
  const shortest = Math.min(found.prefix, prefix);
  return `${dotted(masked(found.bits, shortest))}${suffix ? `/${shortest}` : ""}`;
}
