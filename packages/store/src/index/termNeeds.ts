import type { Scalar } from "@goshawk/kql";
import { type NeedleBorders, needleHashes, valueHashes } from "./needleTerms.ts";

/** All hashes of one of the lists are in the index of a block that holds a row for which a condition is true. */
export type TermNeeds = readonly (readonly number[])[];

type Hashes = (needle: string) => readonly number[];

const holds =
  (borders: NeedleBorders): Hashes =>
  (needle) =>
    needleHashes(needle, borders);
const equals =
  (caseSensitive: boolean): Hashes =>
  (value) =>
    valueHashes(value, { caseSensitive });

const both: Hashes = holds({ start: true, end: true });
const start: Hashes = holds({ start: true, end: false });
const end: Hashes = holds({ start: false, end: true });
const inner: Hashes = holds({ start: false, end: false });

/** Conditions on a text and constants, and what each constant leaves in the index. */
const conditions: Readonly<Record<string, Hashes>> = {
  has: both,
  has_cs: both,
  hasprefix: start,
  hasprefix_cs: start,
  hassuffix: end,
  hassuffix_cs: end,
  contains: inner,
  contains_cs: inner,
  startswith: start,
  startswith_cs: start,
  endswith: end,
  endswith_cs: end,
  has_any: both,
  has_all: both,
  "==": equals(true),
  "=~": equals(false),
  in: equals(true),
  "in~": equals(false),
};

/** What a condition needs to be in the index of its column's texts; undefined where it may be true without any of it. */
export function termNeeds(condition: Scalar): TermNeeds | undefined {
  if (condition.kind !== "call") return undefined;
  const hashes = conditions[condition.name];
  const [of, ...constants] = condition.args;
  if (hashes === undefined || of === undefined) return undefined;
  if (!isSearched(of)) {
    const [flipped] = constants;
    if (condition.name !== "==" && condition.name !== "=~") return undefined;
    return flipped !== undefined && isSearched(flipped) ? needs([of], hashes, "any") : undefined;
  }
  return needs(constants, hashes, condition.name === "has_all" ? "all" : "any");
}

/** The index holds the terms of strings as they are, and of dynamic values as `tostring()` gives them. */
function isSearched(of: Scalar): boolean {
  if (of.kind === "column") return of.type === "string" || of.type === "guid";
  if (of.kind !== "call" || of.name !== "tostring") return false;
  const [arg] = of.args;
  return arg?.kind === "column" && (arg.type === "string" || arg.type === "dynamic" || arg.type === "guid");
}

function needs(constants: readonly Scalar[], hashes: Hashes, how: "any" | "all"): TermNeeds | undefined {
  const lists: (readonly number[])[] = [];
  for (const constant of constants) {
    if (constant.kind !== "literal" || typeof constant.value !== "string") return undefined;
    lists.push(hashes(constant.value));
  }
  if (how === "all") lists.splice(0, lists.length, [...new Set(lists.flat())]);
  return lists.length === 0 || lists.some((list) => list.length === 0) ? undefined : lists;
}
