import { readClass } from "./classes.ts";
import { readEscape } from "./escapes.ts";
import { type Flags, noFlags, Reader, RegexError } from "./reader.ts";
import { anyCharacter, type CharacterSet, charactersOf, complement, type RegexNode, type RegexTree } from "./tree.ts";

/** A regular expression, or why the text is none. */
export type ParsedRegex =
  | { readonly ok: true; readonly tree: RegexTree }
  | { readonly ok: false; readonly message: string; readonly at: number };

const MAX_DEPTH = 250;
const MAX_REPEAT = 100_000;

/** Reads a regular expression of Kusto: the syntax of Rust's regex crate. */
export function parseRegex(pattern: string): ParsedRegex {
  const from = new Reader(pattern);
  const groups: Groups = { count: 0, names: new Map() };
  try {
    const root = readChoice(from, groups, 0);
    if (!from.done) from.fail("a parenthesis closes what was never opened");
    return { ok: true, tree: { root, groups: groups.count, names: groups.names } };
  } catch (error) {
    if (error instanceof RegexError) return { ok: false, message: error.message, at: error.at };
    throw error;
  }
}

/** The same expression, to match only at an end of the text. */
export function anchored(tree: RegexTree, end: "start" | "end"): RegexTree {
  const look: RegexNode = { kind: "look", at: end === "start" ? "textStart" : "textEnd" };
  return { ...tree, root: { kind: "sequence", items: end === "start" ? [look, tree.root] : [tree.root, look] } };
}

interface Groups {
  count: number;
  readonly names: Map<string, number>;
}

function readChoice(from: Reader, groups: Groups, depth: number): RegexNode {
  if (depth > MAX_DEPTH) from.fail("the pattern is nested too deeply");
  const flags = from.flags;
  const items = [readSequence(from, groups, depth)];
  while (from.take("|")) items.push(readSequence(from, groups, depth));
  from.flags = flags;
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { kind: "choice", items };
}

function readSequence(from: Reader, groups: Groups, depth: number): RegexNode {
  const items: RegexNode[] = [];
  for (;;) {
    from.skipSpace();
    if (from.done || from.peek() === "|" || from.peek() === ")") break;
    const atom = readAtom(from, groups, depth);
    if (atom !== undefined) items.push(readRepeats(atom, from));
  }
  const [only] = items;
  if (only === undefined) return { kind: "empty" };
  return items.length === 1 ? only : { kind: "sequence", items };
}

/** One item, or undefined for flags, which match nothing. */
function readAtom(from: Reader, groups: Groups, depth: number): RegexNode | undefined {
  const start = from.at;
  const char = from.next();
  switch (char) {
    case "(":
      return readGroup(from, groups, depth, start);
    case "[":
      return { kind: "class", set: readClass(from), fold: from.flags.fold };
    case ".":
      return { kind: "class", set: dot(from, start), fold: false };
    case "^":
      return { kind: "look", at: from.flags.multiLine ? (from.flags.crlf ? "crlfStart" : "lineStart") : "textStart" };
    case "$":
      return { kind: "look", at: from.flags.multiLine ? (from.flags.crlf ? "crlfEnd" : "lineEnd") : "textEnd" };
    case "*":
    case "+":
    case "?":
    case "{":
      return from.fail("nothing stands before it to repeat", start);
    case "\\":
      return readEscaped(from);
    default:
      return character(char.codePointAt(0) ?? 0, from.flags);
  }
}

function readEscaped(from: Reader): RegexNode {
  const read = readEscape(from, "outside");
  if (read.kind === "character") return character(read.code, from.flags);
  if (read.kind === "look") return { kind: "look", at: read.at };
  return { kind: "class", set: read.set, fold: from.flags.fold };
}

function character(code: number, flags: Flags): RegexNode {
  if (flags.fold && !flags.unicode) {
    const letter = String.fromCharCode(code);
    const other = /[a-z]/.test(letter) ? code - 32 : /[A-Z]/.test(letter) ? code + 32 : code;
    return { kind: "class", set: charactersOf([code, code], [other, other]), fold: false };
  }
  return { kind: "character", code, fold: flags.fold && caseless(code) };
}

const caseless = (code: number): boolean =>
  /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u.test(String.fromCodePoint(code));

function dot(from: Reader, start: number): CharacterSet {
  if (!from.flags.unicode) return from.fail("without Unicode this could match half a character", start);
  if (from.flags.dotAll) return anyCharacter;
  return complement(from.flags.crlf ? charactersOf([10, 10], [13, 13]) : charactersOf([10, 10]));
}

function readGroup(from: Reader, groups: Groups, depth: number, start: number): RegexNode | undefined {
  if (/^\?<?[=!]/.test(from.text.slice(from.at, from.at + 3))) from.fail("lookaround is not supported", start);
  const name = from.match(/\?P?<([^>]*)>/y)?.[1];
  if (name !== undefined) return captured(from, groups, depth, start, name);
  if (!from.take("?")) return captured(from, groups, depth, start, undefined);
  const flags = readFlags(from, start);
  if (from.take(")")) {
    from.flags = flags;
    return undefined;
  }
  if (!from.take(":")) from.fail("the flags are not understood", start);
  const outer = from.flags;
  from.flags = flags;
  const inner = readChoice(from, groups, depth + 1);
  from.flags = outer;
  if (!from.take(")")) from.fail("the group is not closed", start);
  return inner;
}

function captured(from: Reader, groups: Groups, depth: number, start: number, name: string | undefined): RegexNode {
  groups.count += 1;
  const index = groups.count;
  if (name !== undefined) {
    if (!/^[\p{Alphabetic}_][\p{Alphabetic}\p{Nd}\p{Nl}\p{No}_.[\]]*$/u.test(name))
      from.fail("the group's name is not allowed", start);
    if (groups.names.has(name)) from.fail(`two groups are called '${name}'`, start);
    groups.names.set(name, index);
  }
  const inner = readChoice(from, groups, depth + 1);
  if (!from.take(")")) from.fail("the group is not closed", start);
  return { kind: "group", index, of: inner };
}

const flagNames: Readonly<Record<string, keyof Flags>> = {
  i: "fold",
  m: "multiLine",
  s: "dotAll",
  R: "crlf",
  U: "swapGreed",
  u: "unicode",
  x: "verbose",
};

function readFlags(from: Reader, start: number): Flags {
  const changed: Partial<Record<keyof Flags, boolean>> = {};
  const spelled = from.match(/[a-zA-Z]*(?:-[a-zA-Z]+)?/y)?.[0] ?? "";
  if (spelled === "" && from.peek() !== ":") from.fail("the group is not understood", start);
  let on = true;
  for (const flag of spelled) {
    if (flag === "-") on = false;
    else {
      const name = flagNames[flag];
      if (name === undefined || changed[name] !== undefined)
        return from.fail(`the flag '${flag}' is not understood`, start);
      changed[name] = on;
    }
  }
  return { ...(from.flags ?? noFlags), ...changed };
}

function readRepeats(atom: RegexNode, from: Reader): RegexNode {
  let of = atom;
  for (;;) {
    from.skipSpace();
    const start = from.at;
    const count = from.match(/([*+?])|\{\s*(\d+)\s*(,?)\s*(\d*)\s*\}/y);
    if (count === undefined) {
      if (from.peek() === "{") from.fail("the count of repetitions is not understood", start);
      return of;
    }
    const [, sign, low = "", comma, high] = count;
    const min = sign === undefined ? Number(low) : sign === "+" ? 1 : 0;
    const max =
      sign === undefined ? (comma === "" ? min : high === "" ? undefined : Number(high)) : sign === "?" ? 1 : undefined;
    if (max !== undefined && max < min) from.fail("the repetition counts backwards", start);
    if (Math.max(min, max ?? 0) > MAX_REPEAT) from.fail("the repetition is too large", start);
    const lazy = from.take("?");
    of = { kind: "repeat", of, min, max, greedy: lazy === from.flags.swapGreed };
  }
}
