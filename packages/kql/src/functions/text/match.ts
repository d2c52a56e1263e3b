import type { SqlExpr } from "../../sql/ast.ts";
import { and, call, choose, constantText, once, value } from "../../sql/build.ts";
import { lowerCase } from "../../values/terms.ts";

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
  const [before, after] = borders(needle, how);
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

/** A needle that differs by row: the host looks at the borders, of those texts alone that hold it at all. */
function matchVarying(haystack: SqlExpr, needle: SqlExpr, how: TermMatch): SqlExpr {
  const folded = (of: SqlExpr): SqlExpr => (how.caseSensitive ? of : call("lower", of));
  return once(folded(haystack), (text) =>
    once(folded(needle), (term) =>
      choose(
        call("contains", text, term),
        call("goshawk_has_term", text, term, value(how.start), value(how.end)),
        value(false),
      ),
    ),
  );
}

/** A substring, letter case aside unless asked for. */
export function containsText(haystack: SqlExpr, needle: SqlExpr, caseSensitive: boolean): SqlExpr {
  if (caseSensitive) return call("contains", haystack, needle);
  const constant = constantText(needle);
  return call(
    "contains",
    call("lower", haystack),
    constant === undefined ? call("lower", needle) : value(lowerCase(constant)),
  );
}

/**
 * One pattern for many needles: far cheaper than a test for each. The borders stand around all needles that need
 * them: written around each needle, they make RE2 a thousand times slower.
 */
export function anyTermPattern(needles: readonly string[]): string {
  const groups = new Map<string, { readonly before: string; readonly after: string; readonly items: string[] }>();
  for (const needle of needles) {
    const [before, after] = borders(needle, { start: true, end: true });
    const group = groups.get(before + after) ?? { before, after, items: [] };
    group.items.push(escapeRegex(needle));
    groups.set(before + after, group);
  }
  const parts = [...groups.values()].map(({ before, after, items }) => `${before}(?:${items.join("|")})${after}`);
  return `(?is)(?:${parts.join("|")})`;
}

/** What must stand before and after a needle: a border of a term, where the needle itself isn't one. */
function borders(needle: string, how: Pick<TermMatch, "start" | "end">): readonly [before: string, after: string] {
  const chars = [...needle];
  const before = how.start && termCharacter.test(chars.at(0) ?? "") ? `(?:^|${EDGE})` : "";
  const after = how.end && termCharacter.test(chars.at(-1) ?? "") ? `(?:$|${EDGE})` : "";
  return [before, after];
}
