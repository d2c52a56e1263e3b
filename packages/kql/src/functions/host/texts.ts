import { isArray, plainText } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction } from "./define.ts";

const MAX_LENGTH = 1_048_576;

export const textFunctions: readonly HostFunction[] = [
  hostFunction("goshawk_reverse", ["VARCHAR"], "VARCHAR", (text) => [...String(text)].reverse().join("")),
  hostFunction("goshawk_repeat", ["VARCHAR", "BIGINT", "VARCHAR"], "VARCHAR", (text, count, delimiter) =>
    repeat(String(text), Number(count), String(delimiter)),
  ),
  hostFunction("goshawk_translate", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (search, replacement, text) =>
    translate([...String(search)], [...String(replacement)], String(text)),
  ),
  hostFunction("goshawk_regex_quote", ["VARCHAR"], "VARCHAR", (text) =>
    String(text).replace(/[\\.+*?()|[\]{}^$]/g, "\\$&"),
  ),
  hostFunction("goshawk_count_of", ["VARCHAR", "VARCHAR"], "BIGINT", (text, search) =>
    countOf(String(text), String(search)),
  ),
  hostFunction(
    "goshawk_index_of",
    ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "BIGINT"],
    "BIGINT",
    (text, lookup, start, length, occurrence) =>
      indexOf([...String(text)], [...String(lookup)], Number(start), Number(length), Number(occurrence)),
  ),
  hostFunction("goshawk_replace_strings", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (text, lookups, rewrites) =>
    replaceStrings(String(text), elementsOf(String(lookups)), elementsOf(String(rewrites))),
  ),
  hostFunction("goshawk_join", ["VARCHAR", "VARCHAR"], "VARCHAR", (array, delimiter) =>
    join(String(array), String(delimiter)),
  ),
  hostFunction("goshawk_format_bytes", ["DOUBLE", "BIGINT", "VARCHAR"], "VARCHAR", (size, precision, units) =>
    formatBytes(Number(size), Number(precision), String(units)),
  ),
];

function repeat(text: string, count: number, delimiter: string): string {
  const times = Math.max(0, Math.min(count, 1024));
  return Array.from({ length: times }, () => text)
    .join(delimiter)
    .slice(0, MAX_LENGTH);
}

function translate(search: readonly string[], replacement: readonly string[], text: string): string {
  const last = replacement.at(-1) ?? "";
  const map = new Map(search.map((char, index) => [char, replacement[index] ?? last] as const));
  return [...text].map((char) => map.get(char) ?? char).join("");
}

/** Overlapping occurrences count. */
function countOf(text: string, search: string): bigint {
  if (search === "") return 0n;
  let count = 0n;
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) count++;
  return count;
}

/** Places count code points; null where nothing is looked for. The length counts anew behind each occurrence. */
function indexOf(
  text: readonly string[],
  lookup: readonly string[],
  start: number,
  length: number,
  occurrence: number,
): bigint | null {
  if (lookup.length === 0 || occurrence < 1 || length < -1) return null;
  let from = start < 0 ? Math.max(0, text.length + start) : start;
  let seen = 0;
  for (let at = from; at + lookup.length <= (length < 0 ? text.length : Math.min(text.length, from + length)); at++) {
    if (!lookup.every((char, index) => text[at + index] === char)) continue;
    seen++;
    if (seen === occurrence) return BigInt(at);
    from = at + 1;
  }
  return -1n;
}

const elementsOf = (array: string): readonly string[] => (isArray(array) ? elements(array) : []);
const isText = (json: string): boolean => json.startsWith('"');

interface Piece {
  readonly text: string;
  /** It came from a rewrite, or is to stay. */
  readonly done: boolean;
}

/** One lookup after the other, in what the earlier ones left; a rewrite that is no text leaves its match as it is. */
function replaceStrings(text: string, lookups: readonly string[], rewrites: readonly string[]): string {
  let pieces: readonly Piece[] = [{ text, done: false }];
  for (const [index, json] of lookups.entries()) {
    const lookup = isText(json) ? plainText(json) : "";
    if (lookup === "") continue;
    const rewrite = rewrites[index] ?? "null";
    const match = { text: isText(rewrite) ? plainText(rewrite) : lookup, done: true };
    pieces = pieces.flatMap((piece) => (piece.done ? [piece] : between(piece.text.split(lookup), match)));
  }
  return pieces.map((piece) => piece.text).join("");
}

function between(parts: readonly string[], match: Piece): readonly Piece[] {
  return parts.flatMap((text, index) => (index === 0 ? [{ text, done: false }] : [match, { text, done: false }]));
}

function join(array: string, delimiter: string): string {
  return elements(array)
    .map((item) => (item === "null" ? "" : item.startsWith('"') ? String(JSON.parse(item)) : item))
    .join(delimiter);
}

const sizes = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

function formatBytes(size: number, precision: number, units: string): string {
  const asked = sizes.indexOf(units);
  let power = asked;
  if (power < 0) power = size < 1024 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log2(size) / 10));
  const value = size / 1024 ** power;
  const rounded = value.toFixed(Math.max(0, Math.min(precision, 15)));
  return `${precision > 0 ? rounded.replace(/\.?0+$/, "") : rounded} ${sizes[power]}`;
}
