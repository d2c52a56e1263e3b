import { base64Of, bytesOfBase64, textOfUtf8 } from "../../values/base64.ts";
import { arrayText, isArray, jsonInteger } from "../../values/dynamicValue.ts";
import { bytesOfGuid, guidOfBytes } from "../../values/guidBytes.ts";
import { elements } from "../../values/jsonText.ts";
import { punycodeOf, textOfPunycode } from "../../values/punycode.ts";
import { xxhash64 } from "../../values/xxhash64.ts";
import { type HostFunction, hostFunction, packedFunction } from "./define.ts";

/** Texts as codes and back: base64, code points, punycode, hashes. */
export const codeFunctions: readonly HostFunction[] = [
  hostFunction("goshawk_base64_text", ["VARCHAR"], "VARCHAR", (text) => {
    const bytes = bytesOfBase64(String(text));
    return bytes === undefined ? "" : textOfUtf8(bytes);
  }),
  hostFunction("goshawk_base64_bytes", ["VARCHAR"], "VARCHAR", (text) => {
    const bytes = bytesOfBase64(String(text));
    return bytes === undefined ? null : JSON.stringify([...bytes]);
  }),
  hostFunction("goshawk_base64_of_bytes", ["VARCHAR"], "VARCHAR", (array) => base64OfArray(String(array))),
  hostFunction("goshawk_base64_guid", ["VARCHAR"], "VARCHAR", (text) => {
    const bytes = bytesOfBase64(String(text));
    return bytes === undefined ? null : (guidOfBytes(bytes) ?? null);
  }),
  hostFunction("goshawk_base64_of_guid", ["VARCHAR"], "VARCHAR", (guid) => base64Of(bytesOfGuid(String(guid)))),
  hostFunction("goshawk_codepoints", ["VARCHAR"], "VARCHAR", (text) =>
    arrayText([...String(text)].map((char) => String(char.codePointAt(0)))),
  ),
  packedFunction("goshawk_of_codepoints", "VARCHAR", ofCodepoints),
  hostFunction("goshawk_punycode", ["VARCHAR"], "VARCHAR", (text) => encodedLabel(String(text))),
  hostFunction("goshawk_of_punycode", ["VARCHAR"], "VARCHAR", (text) => decodedLabel(String(text)) ?? ""),
  hostFunction("goshawk_punycode_domain", ["VARCHAR"], "VARCHAR", (domain) => encodedDomain(String(domain))),
  hostFunction("goshawk_of_punycode_domain", ["VARCHAR"], "VARCHAR", (domain) => decodedDomain(String(domain))),
  hostFunction("goshawk_hash_text", ["VARCHAR"], "BIGINT", (text) => signed(hashOfText(String(text)))),
  hostFunction("goshawk_hash_long", ["BIGINT"], "BIGINT", (value) => signed(hashOfLong(BigInt(value ?? 0)))),
  hostFunction("goshawk_hash_text_mod", ["VARCHAR", "BIGINT"], "BIGINT", (text, mod) =>
    remainder(hashOfText(String(text)), BigInt(mod ?? 0)),
  ),
  hostFunction("goshawk_hash_long_mod", ["BIGINT", "BIGINT"], "BIGINT", (value, mod) =>
    remainder(hashOfLong(BigInt(value ?? 0)), BigInt(mod ?? 0)),
  ),
];

function base64OfArray(array: string): string {
  if (!isArray(array)) return "";
  const bytes = elements(array).map((item) => Number(jsonInteger(item) ?? -1n));
  return bytes.every((byte) => byte >= 0 && byte <= 255) ? base64Of(Uint8Array.from(bytes)) : "";
}

/** The empty text where one of them is no code point. */
function ofCodepoints(args: readonly string[]): string {
  const codes = args.flatMap((arg) => (isArray(arg) ? elements(arg) : [arg])).map((item) => jsonInteger(item) ?? -1n);
  const valid = codes.every((code) => code >= 0n && code <= 0x10ffffn && !(code >= 0xd800n && code <= 0xdfffn));
  return valid ? codes.map((code) => String.fromCodePoint(Number(code))).join("") : "";
}

/** No label of a domain name is nearly so long; the work grows with the square of the length. */
const LONGEST_LABEL = 4096;
const encodedLabel = (text: string): string => (text.length > LONGEST_LABEL ? "" : punycodeOf(text));
const decodedLabel = (text: string): string | undefined =>
  text.length > LONGEST_LABEL ? undefined : textOfPunycode(text);

/** The dots that RFC 3490 takes for one. */
const dots = /[.\u3002\uff0e\uff61]/;
const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

function encodedDomain(domain: string): string {
  return domain
    .split(dots)
    .map((label) => (isAscii(label) ? label : `xn--${encodedLabel(label)}`))
    .join(".");
}

function decodedDomain(domain: string): string {
  const labels = domain
    .split(dots)
    .map((label) => (/^xn--/i.test(label) ? decodedLabel(label.slice("xn--".length)) : label));
  return labels.includes(undefined) ? "" : labels.join(".");
}

const hashOfText = (text: string): bigint => xxhash64(new TextEncoder().encode(text));

function hashOfLong(value: bigint): bigint {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, value, true);
  return xxhash64(bytes);
}

const signed = (hash: bigint): bigint => BigInt.asIntN(64, hash);
const remainder = (hash: bigint, mod: bigint): bigint | null => (mod > 0n ? hash % mod : null);
