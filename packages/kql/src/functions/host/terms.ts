import { isArray, plainText } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { holdsAll, holdsAny, holdsTerm, lowerCase, type TermIndex, termIndex } from "../../values/terms.ts";
import { type HostFunction, hostFunction } from "./define.ts";

/** Searches for terms that are not constants, or for too many of them for one pattern. */
export const termFunctions: readonly HostFunction[] = [
  hostFunction("goshawk_has_any", ["VARCHAR", "VARCHAR"], "BOOLEAN", (text, list) =>
    holdsAny(indexOf(String(list)), String(text)),
  ),
  hostFunction("goshawk_has_all", ["VARCHAR", "VARCHAR"], "BOOLEAN", (text, list) =>
    holdsAll(indexOf(String(list)), String(text)),
  ),
  hostFunction("goshawk_has_any_index", ["VARCHAR", "VARCHAR"], "BIGINT", (text, list) => {
    const lower = lowerCase(String(text));
    return BigInt(
      texts(String(list)).findIndex((item) => holdsTerm(lower, lowerCase(item), { start: true, end: true })),
    );
  }),
  hostFunction(
    "goshawk_has_term",
    ["VARCHAR", "VARCHAR", "BOOLEAN", "BOOLEAN"],
    "BOOLEAN",
    (text, needle, start, end) => holdsTerm(String(text), String(needle), { start: start === true, end: end === true }),
  ),
];

const REMEMBERED = 16;
const memory = new Map<string, TermIndex>();

/** Lists seldom differ from row to row. */
function indexOf(list: string): TermIndex {
  const known = memory.get(list);
  if (known !== undefined) return known;
  const made = termIndex(texts(list));
  if (memory.size >= REMEMBERED) memory.clear();
  memory.set(list, made);
  return made;
}

/** A list's elements as texts; anything else is one text. */
const texts = (json: string): readonly string[] => (isArray(json) ? elements(json) : [json]).map(plainText);
