import type { SqlExpr } from "../../sql/ast.ts";
import { and, call, concat, constantText, text, value } from "../../sql/build.ts";

/** Kusto's terms are runs of letters and digits of every script; all else separates them. */
const EDGE = String.raw`[^\p{L}\p{N}]`;
const termCharacter = /[\p{L}\p{N}]/u;

/** The characters of a literal that RE2 would read as operators. */
export function escapeRegex(literal: string): string {
  return literal.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}

/** How a needle must stand in the text. */
export interface TermMatch {
  readonly caseSensitive: boolean;
  /** The needle begins at the border of a term. */
  readonly start: boolean;
  /** The needle ends at the border of a term. */
  readonly end: boolean;
}

/** The regular expression of `has` and its kin for a constant needle. */
export function termPattern(needle: string, how: TermMatch): string {
  const [first = "", last = ""] = [needle.at(0), needle.at(-1)];
  const before = how.start && termCharacter.test(first) ? `(?:^|${EDGE})` : "";
  const after = how.end && termCharacter.test(last) ? `(?:$|${EDGE})` : "";
  return `${how.caseSensitive ? "(?s)" : "(?is)"}${before}${escapeRegex(needle)}${after}`;
}

/** `haystack has needle` and its kin: first a substring that must be there, then the exact borders. */
export function matchTerm(haystack: SqlExpr, needle: SqlExpr, how: TermMatch): SqlExpr {
  const constant = constantText(needle);
  if (constant === undefined) return matchVarying(haystack, needle, how);
  if (constant === "") return value(true);
  const exact = call("regexp_matches", haystack, value(termPattern(constant, how)));
  return and(containsText(haystack, value(constant), how.caseSensitive), exact);
}

/** A needle that differs by row: its pattern is put together in SQL. */
function matchVarying(haystack: SqlExpr, needle: SqlExpr, how: TermMatch): SqlExpr {
  const edge = (side: "start" | "end"): SqlExpr => {
    if (!how[side]) return text("");
    const border = side === "start" ? `(?:^|${EDGE})` : `(?:$|${EDGE})`;
    const test = side === "start" ? String.raw`^[\p{L}\p{N}]` : String.raw`[\p{L}\p{N}]$`;
    return {
      kind: "case",
      branches: [{ when: call("regexp_matches", needle, text(test)), value: text(border) }],
      otherwise: text(""),
    };
  };
  const pattern = concat(
    text(how.caseSensitive ? "(?s)" : "(?is)"),
    edge("start"),
    call("regexp_escape", needle),
    edge("end"),
  );
  return and(containsText(haystack, needle, how.caseSensitive), call("regexp_matches", haystack, pattern));
}

/** A substring, letter case aside unless asked for. */
export function containsText(haystack: SqlExpr, needle: SqlExpr, caseSensitive: boolean): SqlExpr {
  if (caseSensitive) return call("contains", haystack, needle);
  const constant = constantText(needle);
  return call(
    "contains",
    call("lower", haystack),
    constant === undefined ? call("lower", needle) : value(constant.toLowerCase()),
  );
}

/** One pattern for many needles: far cheaper than a test for each. */
export function anyTermPattern(needles: readonly string[]): string {
  const parts = needles.map((needle) => {
    const [first = "", last = ""] = [needle.at(0), needle.at(-1)];
    const before = termCharacter.test(first) ? `(?:^|${EDGE})` : "";
    const after = termCharacter.test(last) ? `(?:$|${EDGE})` : "";
    return `${before}${escapeRegex(needle)}${after}`;
  });
  return `(?is)(?:${parts.join("|")})`;
}
