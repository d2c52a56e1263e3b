import { isArray, plainText } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction } from "./define.ts";

/** `has_any` and `has_all` over an array that is only known when the query runs. */
export const termSearches: readonly HostFunction[] = [
  hostFunction("goshawk_has_any", ["VARCHAR", "VARCHAR"], "BOOLEAN", (text, array) => {
    const { words, others } = needlesOf(String(array));
    const haystack = String(text).toLowerCase();
    if (words.size > 0 && termsOf(haystack).some((term) => words.has(term))) return true;
    return others.some((needle) => holds(haystack, needle));
  }),
  hostFunction("goshawk_has_all", ["VARCHAR", "VARCHAR"], "BOOLEAN", (text, array) => {
    const { words, others } = needlesOf(String(array));
    const haystack = String(text).toLowerCase();
    const terms = words.size > 0 ? new Set(termsOf(haystack)) : words;
    return [...words].every((word) => terms.has(word)) && others.every((needle) => holds(haystack, needle));
  }),
];

interface Needles {
  /** Needles that are one term each. */
  readonly words: ReadonlySet<string>;
  readonly others: readonly string[];
}

/** One array mostly serves all rows of a query. */
const REMEMBERED = 16;
const known = new Map<string, Needles>();

function needlesOf(array: string): Needles {
  const found = known.get(array);
  if (found !== undefined) return found;
  if (known.size >= REMEMBERED) known.clear();
  const texts = (isArray(array) ? elements(array) : [array]).map((item) => plainText(item).toLowerCase());
  const isWord = (needle: string): boolean => /^[\p{L}\p{N}]+$/u.test(needle);
  const made = { words: new Set(texts.filter(isWord)), others: texts.filter((needle) => !isWord(needle)) };
  known.set(array, made);
  return made;
}

function termsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const startsWithTerm = /^[\p{L}\p{N}]/u;
const endsWithTerm = /[\p{L}\p{N}]$/u;

/** Whether a text holds a needle whose ends, where they are letters or digits, are the ends of terms. */
function holds(haystack: string, needle: string): boolean {
  const [start, end] = [startsWithTerm.test(needle), endsWithTerm.test(needle)];
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    const before = start && endsWithTerm.test(haystack.slice(Math.max(0, at - 2), at));
    const after = end && startsWithTerm.test(haystack.slice(at + needle.length, at + needle.length + 2));
    if (!before && !after) return true;
  }
  return false;
}
