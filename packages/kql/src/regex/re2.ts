import { type Membership, membership } from "./sets.ts";
import type { CharacterSet, Look, NamedSet, RegexNode, RegexTree } from "./tree.ts";

/**
 * What a translation is good for: texts of ASCII alone, any text, or only to find the texts that may match at all
 * (every match is one of the translation too).
 */
export type Haystack = "ascii" | "any" | "superset";

/** The same regular expression in RE2's syntax, whose Perl classes know ASCII only; undefined where it has no words. */
export function toRe2(tree: RegexTree, haystack: Haystack): string | undefined {
  if (repeats(tree.root) > 1000 || size(tree.root, haystack) > MAX_INSTRUCTIONS) return undefined;
  return print(tree.root, haystack);
}

/** Whether one translation serves for every text at no cost: it needs no large Unicode class. */
export function isPlain(tree: RegexTree): boolean {
  return size(tree.root, "any") < 2 * size(tree.root, "ascii") + 60;
}

/** RE2 may use 8 MB for a program, which is some 87,000 instructions for each direction. */
const MAX_INSTRUCTIONS = 30_000;

const word =
  "\\p{L}\\p{M}\\p{Nd}\\p{Nl}\\p{Pc}\\x{200c}\\x{200d}\\x{24b6}-\\x{24e9}\\x{1f130}-\\x{1f149}\\x{1f150}-\\x{1f169}\\x{1f170}-\\x{1f189}";
const perl: Readonly<Record<"digit" | "space" | "word", string>> = {
  digit: "\\p{Nd}",
  space: "\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}",
  word,
};

function print(node: RegexNode, haystack: Haystack): string | undefined {
  switch (node.kind) {
    case "empty":
      return "(?:)";
    case "character":
      return node.fold ? `(?i:${point(node.code)})` : point(node.code);
    case "class":
      return classText(node.set, node.fold, haystack);
    case "look":
      return lookText(node.at, haystack);
    case "repeat": {
      const of = print(node.of, haystack);
      return of === undefined ? undefined : `(?:${of})${bounds(node.min, node.max)}${node.greedy ? "" : "?"}`;
    }
    case "group": {
      const of = print(node.of, haystack);
      return of === undefined ? undefined : `(${of})`;
    }
    case "sequence":
      return joined(node.items, haystack, "");
    case "choice": {
      const inner = joined(node.items, haystack, "|");
      return inner === undefined ? undefined : `(?:${inner})`;
    }
  }
}

function classText(set: CharacterSet, fold: boolean, haystack: Haystack): string | undefined {
  if (haystack === "ascii") return asciiClass(membership(set, fold));
  return anyClass(set, fold) ?? (haystack === "superset" ? "(?s:.)" : undefined);
}

function joined(items: readonly RegexNode[], haystack: Haystack, separator: string): string | undefined {
  const parts: string[] = [];
  for (const item of items) {
    const part = print(item, haystack);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts.join(separator);
}

function bounds(min: number, max: number | undefined): string {
  if (max === undefined) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function lookText(at: Look, haystack: Haystack): string | undefined {
  switch (at) {
    case "textStart":
      return "\\A";
    case "textEnd":
      return "\\z";
    case "lineStart":
      return "(?m:^)";
    case "lineEnd":
      return "(?m:$)";
    case "asciiWordBorder":
      return "\\b";
    case "noAsciiWordBorder":
      return "\\B";
    case "wordBorder":
      return haystack === "ascii" ? "\\b" : haystack === "superset" ? "" : undefined;
    case "noWordBorder":
      return haystack === "ascii" ? "\\B" : haystack === "superset" ? "" : undefined;
    default:
      return haystack === "superset" ? "" : undefined;
  }
}

function asciiClass(has: Membership): string {
  const ranges: string[] = [];
  for (let code = 0; code < 128; code++) {
    if (!has(code)) continue;
    const from = code;
    while (code < 127 && has(code + 1)) code++;
    ranges.push(from === code ? point(from) : `${point(from)}-${point(code)}`);
  }
  // A class that holds no ASCII character matches nothing in an ASCII text.
  return ranges.length === 0 ? "[^\\x{0}-\\x{10ffff}]" : `[${ranges.join("")}]`;
}

/** A class for every text: RE2 can't nest classes, so only unions of plain items, or of one negated item, have words. */
function anyClass(set: CharacterSet, fold: boolean): string | undefined {
  const flat = flatten(set);
  // RE2 leaves a property as it is where letter case doesn't count.
  if (flat === undefined || flat.items.length === 0 || (fold && flat.items.some((item) => folds(item))))
    return undefined;
  const text = `[${flat.negated ? "^" : ""}${flat.items.join("")}]`;
  return fold ? `(?i:${text})` : text;
}

const folds = (item: string): boolean => item.startsWith("\\p{") && item !== perl.digit && item !== perl.word;

interface Flat {
  readonly items: readonly string[];
  readonly negated: boolean;
}

function flatten(set: CharacterSet): Flat | undefined {
  switch (set.kind) {
    case "range":
      return { items: [set.from === set.to ? point(set.from) : `${point(set.from)}-${point(set.to)}`], negated: false };
    case "named": {
      const text = named(set.name);
      return text === undefined ? undefined : { items: [text], negated: set.negated };
    }
    case "union":
      return flattenUnion(set.items, set.negated);
    case "intersection":
    case "difference":
      return undefined;
  }
}

function flattenUnion(items: readonly CharacterSet[], negated: boolean): Flat | undefined {
  const parts: Flat[] = [];
  for (const item of items) {
    const part = flatten(item);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return { items: only.items, negated: only.negated !== negated };
  return parts.some((part) => part.negated) ? undefined : { items: parts.flatMap((part) => part.items), negated };
}

function named(name: NamedSet): string | undefined {
  if (typeof name === "string") return perl[name];
  return name.re2 === undefined ? undefined : `\\p{${name.re2}}`;
}

/** How often the innermost item is repeated by counts that stand around each other; RE2 allows 1000. */
function repeats(node: RegexNode): number {
  switch (node.kind) {
    case "repeat":
      return Math.max(1, node.min, node.max ?? 0) * repeats(node.of);
    case "group":
      return repeats(node.of);
    case "sequence":
    case "choice":
      return Math.max(1, ...node.items.map(repeats));
    default:
      return 1;
  }
}

/** About how many instructions RE2 needs. */
function size(node: RegexNode, haystack: Haystack): number {
  switch (node.kind) {
    case "class":
      return haystack === "ascii" ? 2 : setSize(node.set);
    case "repeat":
      return Math.max(1, node.min, node.max ?? 0) * size(node.of, haystack) + 1;
    case "group":
      return size(node.of, haystack) + 2;
    case "sequence":
    case "choice":
      return node.items.reduce((sum, item) => sum + size(item, haystack), 1);
    default:
      return 4;
  }
}

function setSize(set: CharacterSet): number {
  switch (set.kind) {
    case "range":
      return 4;
    case "named":
      return set.name === "space" ? 20 : set.name === "digit" ? 100 : 900;
    case "union":
      return set.items.reduce((sum, item) => sum + setSize(item), 4);
    case "intersection":
    case "difference":
      return setSize(set.left) + setSize(set.right);
  }
}

/** A character by its number: nothing that a query wrote reaches the pattern as it was. */
function point(code: number): string {
  const char = String.fromCharCode(code);
  return code < 128 && /[A-Za-z0-9 _]/.test(char) ? char : `\\x{${code.toString(16)}}`;
}
