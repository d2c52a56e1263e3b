import { readAsciiClass, readEscape } from "./escapes.ts";
import type { Reader } from "./reader.ts";
import type { CharacterSet } from "./tree.ts";

/** Reads a bracketed class; the opening bracket has been read. */
export function readClass(from: Reader): CharacterSet {
  const start = from.at - 1;
  const negated = from.take("^");
  let left = readUnion(from, start, { first: true });
  for (;;) {
    from.skipSpace();
    if (from.take("]")) break;
    const operator = ["&&", "--", "~~"].find((item) => from.take(item));
    if (operator === undefined) return from.fail("the class is not closed", start);
    left = combine(operator, left, readUnion(from, start, { first: false }));
  }
  return negated ? { kind: "union", items: [left], negated: true } : left;
}

function combine(operator: string, left: CharacterSet, right: CharacterSet): CharacterSet {
  if (operator === "&&") return { kind: "intersection", left, right };
  const without: CharacterSet = { kind: "difference", left, right };
  if (operator === "--") return without;
  return { kind: "union", items: [without, { kind: "difference", left: right, right: left }], negated: false };
}

/** The items up to an operator or the closing bracket; a bracket or hyphens that come first stand for themselves. */
function readUnion(from: Reader, start: number, options: { readonly first: boolean }): CharacterSet {
  const items: CharacterSet[] = [];
  if (options.first) {
    from.skipSpace();
    while (from.take("-")) items.push(single(45));
    if (items.length === 0 && from.take("]")) items.push(single(93));
  }
  for (;;) {
    from.skipSpace();
    if (from.done) return from.fail("the class is not closed", start);
    if (from.peek() === "]" || ["&&", "--", "~~"].some((item) => from.text.startsWith(item, from.at))) break;
    items.push(readItem(from));
  }
  return { kind: "union", items, negated: false };
}

function readItem(from: Reader): CharacterSet {
  if (from.peek() === "[") {
    const ascii = readAsciiClass(from);
    if (ascii !== undefined) return ascii;
    from.next();
    return readClass(from);
  }
  const start = from.at;
  const low = readCharacter(from);
  if (typeof low !== "number") return low;
  from.skipSpace();
  const range = from.peek() === "-" && !/^-(?:\]|-)/.test(from.text.slice(from.at, from.at + 2));
  if (!range) return single(low);
  from.next();
  from.skipSpace();
  const high = readCharacter(from);
  if (typeof high !== "number") return from.fail("a range must end with a character", start);
  if (high < low) return from.fail("the range is upside down", start);
  return { kind: "range", from: low, to: high };
}

function readCharacter(from: Reader): number | CharacterSet {
  if (!from.take("\\")) return from.next().codePointAt(0) ?? 0;
  const read = readEscape(from, "class");
  if (read.kind === "character") return read.code;
  return read.kind === "set" ? read.set : from.fail("no place can stand in a class");
}

const single = (code: number): CharacterSet => ({ kind: "range", from: code, to: code });
