import { parseIpv4 } from "../../values/ipAddress.ts";

const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const border = "[^\\p{L}\\p{N}]";

/** An address, a prefix behind it or not; spaces around it don't count. */
export const addressPattern: string = String.raw`\s*(?:${octet}\.){3}${octet}(?:/(?:3[0-2]|[12]?[0-9]))?\s*`;

/** An address whose network lies within one of the private ones. */
export const privatePattern: string = String.raw`\s*(?:${[
  String.raw`10(?:\.${octet}){3}(?:/(?:[89]|[12][0-9]|3[0-2]))?`,
  String.raw`172\.(?:1[6-9]|2[0-9]|3[01])(?:\.${octet}){2}(?:/(?:1[2-9]|2[0-9]|3[0-2]))?`,
  String.raw`192\.168(?:\.${octet}){2}(?:/(?:1[6-9]|2[0-9]|3[0-2]))?`,
].join("|")})\s*`;

/** A pattern for texts that hold one of several addresses, or undefined where none is an address. */
export function holdsAddress(addresses: readonly string[]): string | undefined {
  const found = addresses.filter((address) => parseIpv4(address) !== undefined).map(escaped);
  return found.length === 0 ? undefined : bordered(found);
}

/** The same for beginnings of addresses: a whole one, or one that ends with a dot. */
export function holdsPrefix(prefixes: readonly string[]): string | undefined {
  const found = prefixes.flatMap((prefix) => {
    if (parseIpv4(prefix) !== undefined) return [escaped(prefix)];
    const parts = /^(?:\d{1,3}\.){1,3}$/.test(prefix) ? prefix.slice(0, -1).split(".") : [];
    const good = parts.length > 0 && parts.every((part) => new RegExp(`^${octet}$`).test(part));
    return good ? [[...parts.map(escaped), ...Array.from({ length: 4 - parts.length }, () => octet)].join("\\.")] : [];
  });
  return found.length === 0 ? undefined : bordered(found);
}

const bordered = (alternatives: readonly string[]): string =>
  `(?:^|${border})(?:${alternatives.join("|")})(?:$|${border})`;
const escaped = (address: string): string => address.replaceAll(".", "\\.");
