import type { CharacterSet, NamedSet } from "./tree.ts";

/** The Perl classes of Unicode as JavaScript spells them. */
const perl: Readonly<Record<"digit" | "space" | "word", string>> = {
  digit: "\\p{Nd}",
  space: "\\p{White_Space}",
  word: "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}",
};

/** Tells whether a character, by its number, is in a set. */
export type Membership = (code: number) => boolean;

const REMEMBERED = 256;
const memory = new Map<string, Membership>();

/** Membership in a set; letter case aside when `fold` asks for it. The answers for ASCII are looked up. */
export function membership(set: CharacterSet, fold: boolean): Membership {
  const key = `${fold ? "iv" : "v"}:${source(set)}`;
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = member(source(set), fold);
  if (memory.size >= REMEMBERED) memory.clear();
  memory.set(key, made);
  return made;
}

function member(text: string, fold: boolean): Membership {
  const test = new RegExp(`^[${text}]$`, fold ? "iv" : "v");
  const slow = (code: number): boolean => test.test(String.fromCodePoint(code));
  const ascii = Uint8Array.from({ length: 128 }, (_, code) => (slow(code) ? 1 : 0));
  return (code) => (code < 128 ? ascii[code] === 1 : slow(code));
}

/** The set's content as it stands inside the brackets of a JavaScript class. */
function source(set: CharacterSet): string {
  switch (set.kind) {
    case "range":
      return `${point(set.from)}-${point(set.to)}`;
    case "named":
      return set.negated ? `[^${named(set.name)}]` : named(set.name);
    case "union":
      return `[${set.negated ? "^" : ""}${set.items.map(source).join("")}]`;
    case "intersection":
      return `[[${source(set.left)}]&&[${source(set.right)}]]`;
    case "difference":
      return `[[${source(set.left)}]--[${source(set.right)}]]`;
  }
}

const named = (name: NamedSet): string => (typeof name === "string" ? perl[name] : `\\p{${name.javascript}}`);
const point = (code: number): string => `\\u{${code.toString(16)}}`;
