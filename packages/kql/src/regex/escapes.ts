import { unicodeSet } from "./properties.ts";
import { type Reader, RegexError } from "./reader.ts";
import { type CharacterSet, charactersOf, complement, type Look } from "./tree.ts";

/** What stands after a backslash. */
export type Escape =
  | { readonly kind: "character"; readonly code: number }
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "look"; readonly at: Look };

const control: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads an escape; the backslash has been read. */
export function readEscape(from: Reader, where: "class" | "outside"): Escape {
  const start = from.at - 1;
  const char = from.next();
  if (char in control) return { kind: "character", code: control[char] ?? 0 };
  if (char in digits) return { kind: "character", code: hexadecimal(from, digits[char] ?? 2, start) };
  if (/[dswDSW]/.test(char)) return { kind: "set", set: perlClass(char, from, start) };
  if (char === "p" || char === "P") return { kind: "set", set: propertyClass(char === "P", from, start) };
  if (where === "outside") {
    const look = lookOf(char, from);
    if (look !== undefined) return { kind: "look", at: look };
  }
  if (/[0-9]/.test(char)) from.fail("back-references are not supported", start);
  if (/[A-Za-z<>]/.test(char) || char.charCodeAt(0) > 127) from.fail(`'\\${char}' is no escape sequence`, start);
  return { kind: "character", code: char.charCodeAt(0) };
}

function lookOf(char: string, from: Reader): Look | undefined {
  switch (char) {
    case "A":
      return "textStart";
    case "z":
      return "textEnd";
    case "<":
      return "wordStart";
    case ">":
      return "wordEnd";
    case "B":
      return from.flags.unicode ? "noWordBorder" : "noAsciiWordBorder";
    case "b":
      if (from.take("{start-half}")) return "wordStartHalf";
      if (from.take("{end-half}")) return "wordEndHalf";
      if (from.take("{start}")) return "wordStart";
      if (from.take("{end}")) return "wordEnd";
      return from.flags.unicode ? "wordBorder" : "asciiWordBorder";
    default:
      return undefined;
  }
}

function hexadecimal(from: Reader, count: number, start: number): number {
  const found =
    from.match(/\{([0-9A-Fa-f]{1,6})\}/y) ?? from.match(new RegExp(`([0-9A-Fa-f]{${count}})`, "y")) ?? undefined;
  const code = Number.parseInt(found?.[1] ?? "", 16);
  if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) from.fail("this is no character's number", start);
  return code;
}

function perlClass(char: string, from: Reader, start: number): CharacterSet {
  const lower = char.toLowerCase();
  const negated = char !== lower;
  if (from.flags.unicode)
    return { kind: "named", name: lower === "d" ? "digit" : lower === "s" ? "space" : "word", negated };
  if (negated) from.fail("without Unicode this could match half a character", start);
  return lower === "d" ? asciiDigit : lower === "s" ? asciiSpace : asciiWord;
}

function propertyClass(negated: boolean, from: Reader, start: number): CharacterSet {
  const name = from.match(/\{(\^?)([^{}]*)\}/y);
  const spelled = name?.[2] ?? from.next();
  const set = unicodeSet(spelled);
  if (set === undefined) throw new RegexError(`no Unicode property is called '${spelled}'`, start);
  const unequal = spelled.includes("!=");
  return { kind: "named", name: set, negated: (negated !== (name?.[1] === "^")) !== unequal };
}

const code = (char: string): number => char.charCodeAt(0);
const span = (from: string, to: string): readonly [number, number] => [code(from), code(to)];
const asciiDigit = charactersOf(span("0", "9"));
const asciiSpace = charactersOf([9, 13], [32, 32]);
const asciiWord = charactersOf(span("0", "9"), span("A", "Z"), span("a", "z"), [95, 95]);

const asciiClasses: Readonly<Record<string, CharacterSet>> = {
  alnum: charactersOf(span("0", "9"), span("A", "Z"), span("a", "z")),
  alpha: charactersOf(span("A", "Z"), span("a", "z")),
  ascii: charactersOf([0, 127]),
  blank: charactersOf([9, 9], [32, 32]),
  cntrl: charactersOf([0, 31], [127, 127]),
  digit: asciiDigit,
  graph: charactersOf(span("!", "~")),
  lower: charactersOf(span("a", "z")),
  print: charactersOf(span(" ", "~")),
  punct: charactersOf(span("!", "/"), span(":", "@"), span("[", "`"), span("{", "~")),
  space: asciiSpace,
  upper: charactersOf(span("A", "Z")),
  word: asciiWord,
  xdigit: charactersOf(span("0", "9"), span("A", "F"), span("a", "f")),
};

/** `[:alpha:]` and its like inside brackets, or undefined. */
export function readAsciiClass(from: Reader): CharacterSet | undefined {
  const start = from.at;
  const found = from.match(/\[:(\^?)([a-z]+):\]/y);
  const set = asciiClasses[found?.[2] ?? ""];
  if (found === undefined || set === undefined) {
    from.at = start;
    return undefined;
  }
  return found[1] === "^" ? complement(set) : set;
}
