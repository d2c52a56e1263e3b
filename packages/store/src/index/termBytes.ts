/**
 * What the index of long texts calls a term: a run of ASCII letters and digits, letter case aside. Every other byte
 * ends it, those of non-ASCII letters too, so each whole term of `has` is a row of such runs. Characters that the
 * engine's `lower()` or its regular expressions take for an ASCII letter count as that letter.
 */
const classes: Uint8Array = new Uint8Array(256);
for (let byte = 48; byte <= 57; byte++) classes[byte] = byte;
for (let byte = 97; byte <= 122; byte++) classes[byte] = byte;
for (let byte = 65; byte <= 90; byte++) classes[byte] = byte + 32;

const DOT = 46;
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** Values longer than this have no entry of their own as a whole; their terms say enough. */
const LONGEST_WHOLE = 128;

/** Takes the hash of a term, of four numbers between dots (both are parts of a value), or of a whole value. */
export type TakeHash = (hash: number, of: "part" | "whole") => void;

/** Hashes of what stands in texts that are separated by NUL, as they go into the index. */
export function eachHash(bytes: Uint8Array, take: TakeHash): void {
  let hash = BASIS;
  let length = 0;
  let digits = true;
  // The last three numbers between single dots, so that an address is one rare entry and not four common ones.
  let [first, second, third, run] = [0, 0, 0, 0];
  let whole = BASIS;
  let wholeLength = 0;
  let terms = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = at < bytes.length ? (bytes[at] ?? 0) : 0;
    let char = classes[byte] ?? 0;
    if (byte >= 0x80) {
      char = asciiLike(bytes, at);
      if (char !== 0) at += char === 107 ? 2 : 1;
    }
    if (char !== 0) {
      hash = Math.imul(hash ^ char, PRIME);
      if (char > 57) digits = false;
      length++;
      whole = Math.imul(whole ^ char, PRIME);
      wholeLength++;
      continue;
    }
    if (length > 0) {
      take(finished(hash, 1), "part");
      terms++;
      if (digits) {
        if (run >= 3)
          take(finished(Math.imul(Math.imul(Math.imul(first, 31) + second, 31) + third, 31) + hash, 2), "part");
        [first, second, third] = [second, third, hash];
        run++;
      } else run = 0;
      if (byte !== DOT) run = 0;
      hash = BASIS;
      length = 0;
      digits = true;
    } else run = 0;
    if (byte === 0) {
      if (terms !== 1 && wholeLength > 0 && wholeLength <= LONGEST_WHOLE) take(finished(whole, 3), "whole");
      whole = BASIS;
      wholeLength = 0;
      terms = 0;
    } else {
      whole = Math.imul(whole ^ byte, PRIME);
      wholeLength++;
    }
  }
}

/** İ (U+0130) and K (U+212A), whose lower case is ASCII, and ſ (U+017F), which regular expressions take for an s. */
function asciiLike(bytes: Uint8Array, at: number): number {
  const [a, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (a === 0xc4 && b === 0xb0) return 105;
  if (a === 0xc5 && b === 0xbf) return 115;
  return a === 0xe2 && b === 0x84 && c === 0xaa ? 107 : 0;
}

/** Spreads a hash over 32 bits, apart for each kind of entry. */
function finished(hash: number, kind: number): number {
  let x = hash ^ Math.imul(kind, 0x9e3779b1);
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** How many positions of a filter each hash sets. */
export const PROBES = 6;

/** The position of a hash for one of its probes, in a filter whose size is a power of two. */
export function probe(hash: number, number: number, positions: number): number {
  // The step comes from the hash's high bits: hashes that agree in their low ones must go apart.
  const step = (Math.imul(hash, 0x9e3779b1) >>> 11) | 1;
  return ((hash + Math.imul(number, step)) >>> 0) & (positions - 1);
}
