/** An IPv4 address and the length of its network's prefix. */
export interface Ipv4 {
  readonly bits: number;
  readonly prefix: number;
}

/** An IPv6 address, or an IPv4 address as one, and the length of its network's prefix. */
export interface Ipv6 {
  readonly bits: bigint;
  readonly prefix: number;
}

const octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const dottedPattern = new RegExp(`^${octet}[.]${octet}[.]${octet}[.]${octet}$`);

/** Reads `a.b.c.d` or `a.b.c.d/prefix`; undefined where the text is neither. */
export function parseIpv4(text: string): Ipv4 | undefined {
  const [address = "", prefix] = split(text.trim(), 32);
  const bits = dottedBits(address);
  return bits === undefined || prefix === undefined ? undefined : { bits, prefix };
}

/** Reads an address of either kind; an IPv4 one is `::ffff:a.b.c.d`, and its prefix counts from there. */
export function parseIpv6(text: string): Ipv6 | undefined {
  const trimmed = text.trim();
  const four = parseIpv4(trimmed);
  if (four !== undefined) return { bits: MAPPED | BigInt(four.bits), prefix: four.prefix + 96 };
  const dotted = trimmed.split("/")[0]?.includes(".") === true;
  const [address = "", prefix] = split(trimmed, dotted ? 32 : 128);
  const bits = groupedBits(address);
  if (bits === undefined || prefix === undefined) return undefined;
  return { bits, prefix: dotted ? prefix + 96 : prefix };
}

/** The same, for comparisons: there `::a.b.c.d` is the IPv4 address too. */
export function parseComparable(text: string): Ipv6 | undefined {
  const found = parseIpv6(text);
  if (found === undefined || found.bits >> 32n !== 0n || !text.includes(".")) return found;
  return { bits: MAPPED | found.bits, prefix: found.prefix };
}

const MAPPED = 0xffff00000000n;

function split(text: string, all: number): readonly [address: string, prefix: number | undefined] {
  const cut = text.indexOf("/");
  if (cut < 0) return [text, all];
  const suffix = text.slice(cut + 1);
  const prefix = /^\d{1,3}$/.test(suffix) ? Number(suffix) : Number.NaN;
  return [text.slice(0, cut), prefix <= all ? prefix : undefined];
}

function dottedBits(text: string): number | undefined {
  const match = dottedPattern.exec(text);
  return match === null ? undefined : match.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0);
}

function groupedBits(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2 || !text.includes(":")) return undefined;
  const head = groups(halves[0] ?? "");
  const tail = groups(halves[1] ?? "");
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return all.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
}

/** The groups of one side of `::`; the last may be an IPv4 address, which is two. */
function groups(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const found: number[] = [];
  for (const [index, part] of parts.entries()) {
    const four = index === parts.length - 1 ? dottedBits(part) : undefined;
    if (four !== undefined) found.push(Math.floor(four / 65536), four % 65536);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) found.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return found;
}

/** The network's bits: those right of the prefix are zero. */
export function network4(bits: number, prefix: number): number {
  const size = 2 ** (32 - prefix);
  return Math.floor(bits / size) * size;
}

export function network6(bits: bigint, prefix: number): bigint {
  const right = BigInt(128 - prefix);
  return (bits >> right) << right;
}

/** `a.b.c.d` */
export function formatIpv4(bits: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join(".");
}

/** Eight groups of four digits, none left out. */
export function formatIpv6(bits: bigint): string {
  return bits.toString(16).padStart(32, "0").match(/.{4}/g)?.join(":") ?? "";
}

/** The fewest networks that hold every address from the first to the last. */
export function cidrList(first: number, last: number): readonly string[] {
  const found: string[] = [];
  for (let from = first; from <= last; ) {
    let size = 1;
    while (size < 2 ** 32 && from % (size * 2) === 0 && from + size * 2 - 1 <= last) size *= 2;
    found.push(`${formatIpv4(from)}/${32 - Math.log2(size)}`);
    from += size;
  }
  return found;
}
