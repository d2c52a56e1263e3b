import { parseRewrite, rewriteForRe2 } from "../../regex/rewrite.ts";
import type { RegexTree } from "../../regex/tree.ts";
import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  call,
  cast,
  constantNumber,
  constantText,
  list,
  nothing,
  number,
  once,
  text,
  value,
} from "../../sql/build.ts";
import { elements } from "../../values/jsonText.ts";
import type { Complaint } from "../define.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { checkRegex, constantTree, withRegex } from "./regex.ts";

const jsonOf = (of: SqlExpr): SqlExpr => cast(call("to_json", of), "VARCHAR");
const long = (of: SqlExpr): SqlExpr => cast(of, "BIGINT");
const empty: SqlExpr = text("");

/** Whether there is a match. */
export function matchesRegex(of: SqlExpr, pattern: SqlExpr): SqlExpr {
  return withRegex(of, pattern, {
    native: (subject, re2) => call("regexp_matches", subject, re2),
    host: (subject) => call("goshawk_regex_matches", subject, pattern),
    otherwise: () => value(false),
    onlyTests: true,
  });
}

/** How many matches there are, none over another. */
export function countMatches(of: SqlExpr, pattern: SqlExpr): SqlExpr {
  return withRegex(of, pattern, {
    native: (subject, re2) => call("len", call("regexp_extract_all", subject, re2)),
    host: (subject) => call("goshawk_regex_count", subject, pattern),
    otherwise: () => number(0),
    hostIfEmpty: true,
  });
}

function extract(pattern: SqlExpr, group: SqlExpr, of: SqlExpr): SqlExpr {
  const wanted = constantNumber(group);
  const groups = constantTree(pattern)?.groups;
  if (wanted !== undefined && groups !== undefined && (wanted < 0 || wanted > groups)) return empty;
  const host = (subject: SqlExpr): SqlExpr => call("goshawk_regex_extract", subject, pattern, long(group));
  if (wanted === undefined) return host(of);
  return withRegex(of, pattern, {
    native: (subject, re2) => call("regexp_extract", subject, re2, number(wanted)),
    host,
    otherwise: () => empty,
  });
}

/** All matches: an array of texts for one group, of arrays for several; null where nothing matches. */
function extractAll(of: SqlExpr, pattern: SqlExpr, asked: SqlExpr): SqlExpr {
  const host = (subject: SqlExpr): SqlExpr => call("goshawk_regex_extract_all", subject, pattern, asked);
  return withRegex(of, pattern, {
    native: (subject, re2, tree) => {
      const groups = groupNumbers(tree, constantText(asked));
      return groups === undefined ? host(subject) : allOf(groups, subject, re2);
    },
    host,
    otherwise: () => nothing("VARCHAR"),
    hostIfEmpty: true,
  });
}

function allOf(groups: readonly number[], of: SqlExpr, re2: SqlExpr): SqlExpr {
  const found = (group: number): SqlExpr => call("regexp_extract_all", of, re2, number(group));
  const [first = 1] = groups;
  if (groups.length === 1) return call("nullif", jsonOf(found(first)), text("[]"));
  return once(found(first), (firsts) => {
    const item = (group: number): SqlExpr =>
      call("list_extract", group === first ? firsts : found(group), { kind: "column", name: "i" });
    const rows = call("list_transform", call("range", number(1), add(call("len", firsts), number(1))), {
      kind: "lambda",
      parameters: ["i"],
      body: list(...groups.map(item)),
    });
    return call("nullif", jsonOf(rows), text("[]"));
  });
}

/** The groups asked for, by number; all where none is named; undefined where they differ by row. */
function groupNumbers(tree: RegexTree, asked: string | undefined): readonly number[] | undefined {
  if (asked === undefined) return undefined;
  const named = elements(asked).map((group) => groupNumber(tree, group));
  if (named.some((group) => !(group >= 0 && group <= tree.groups))) return undefined;
  return named.length > 0 ? named : Array.from({ length: tree.groups }, (_, index) => index + 1);
}

const groupNumber = (tree: RegexTree, group: string): number =>
  group.startsWith('"') ? (tree.names.get(String(JSON.parse(group))) ?? Number.NaN) : Number(group);

function needsGroups(tree: RegexTree): Complaint | undefined {
  if (tree.groups >= 1 && tree.groups <= 16) return undefined;
  return { argument: "this regular expression", reason: `it needs 1 to 16 capture groups and has ${tree.groups}` };
}

function replaceAll(of: SqlExpr, pattern: SqlExpr, rewrite: SqlExpr): SqlExpr {
  const constant = constantText(rewrite);
  const host = (subject: SqlExpr): SqlExpr => call("goshawk_regex_replace", subject, pattern, rewrite);
  if (constant === undefined) return host(of);
  return withRegex(of, pattern, {
    native: (subject, re2, tree) => {
      const parts = rewriteForRe2(parseRewrite(constant), tree.groups);
      return call("regexp_replace", subject, re2, value(parts), text("g"));
    },
    host,
    otherwise: (subject) => subject,
  });
}

/** One match at an end of the text goes, not several. */
function cutAt(end: "start" | "end", pattern: SqlExpr, of: SqlExpr): SqlExpr {
  return withRegex(of, pattern, {
    anchor: end,
    native: (subject, re2) => call("regexp_replace", subject, re2, empty),
    host: (subject) => call("goshawk_regex_trim", subject, pattern, text(end)),
    otherwise: (subject) => subject,
  });
}

/** Functions that take a regular expression. */
export const patterns: readonly ScalarFunction[] = [
  scalarFunction({
    name: "extract",
    summary: "A capture group of a regular expression's first match; the empty text where nothing matches.",
    signature: "extract(pattern: string, group: long, text: string): string",
    lower: { duckdb: extract },
    check: checkRegex(0),
    examples: [
      ['extract(@"(\\d+)-(\\d+)", 2, "2020-12-31")', '"12"'],
      ['extract(@"\\d", 0, "none")', '""', "no match"],
      ['extract("(a)", 3, "a")', '""', "no such group"],
    ],
  }),
  scalarFunction({
    name: "extract_all",
    aliases: ["extractall"],
    summary: "All matches of a regular expression.",
    overloads: [
      {
        signature: "extract_all(pattern: string, text: string): dynamic",
        lower: { duckdb: (pattern, of) => extractAll(of, pattern, text("[]")) },
      },
      {
        signature: "extract_all(pattern: string, groups: dynamic, text: string): dynamic",
        lower: { duckdb: (pattern, groups, of) => extractAll(of, pattern, groups) },
      },
    ],
    check: checkRegex(0, needsGroups),
    examples: [
      ['extract_all(@"(\\d+)", "123, 567")', 'dynamic(["123","567"])'],
      ['extract_all(@"(\\d)", "none")', "dynamic(null)", "no match"],
      ['extract_all(@"(\\w)(\\w+)(\\w)", dynamic([1, 3]), "82b8 dfa7")', 'dynamic([["8","8"],["d","7"]])'],
    ],
  }),
  scalarFunction({
    name: "indexof_regex",
    summary: "The zero-based place of a regular expression's match; -1 where there is none.",
    signature: "indexof_regex(text: string, pattern: string, start?: long, length?: long, occurrence?: long): long",
    lower: {
      duckdb: (of, pattern, start = number(0), length = number(-1), occurrence = number(1)) =>
        call("goshawk_regex_index", of, pattern, long(start), long(length), long(occurrence)),
    },
    check: checkRegex(1),
    examples: [
      ['indexof_regex("abcabc", @"a.c")', "0"],
      ['indexof_regex("abcabcdefg", @"a.c", 0, 9, 2)', "3"],
      ['indexof_regex("ababaa", @"a.a", 0, -1, 2)', "-1", "matches don't overlap"],
      ['indexof_regex("abcabc", @"a|ab", -1)', "long(null)", "a negative start is invalid"],
    ],
  }),
  scalarFunction({
    name: "replace_regex",
    summary: "Every match of a regular expression replaced; `\\1` is the first group.",
    signature: "replace_regex(text: string, pattern: string, rewrite: string): string",
    nulls: "never",
    lower: { duckdb: replaceAll },
    check: checkRegex(1),
    examples: [['replace_regex("Number is 1", @"is (\\d+)", @"was: \\1")', '"Number was: 1"']],
  }),
  scalarFunction({
    name: "replace",
    summary: "Every match of a regular expression replaced (the old order of arguments).",
    signature: "replace(pattern: string, rewrite: string, text: string): string",
    nulls: "never",
    lower: { duckdb: (pattern, rewrite, of) => replaceAll(of, pattern, rewrite) },
    check: checkRegex(0),
  }),
  scalarFunction({
    name: "trim_start",
    summary: "Without one match of a regular expression at the start.",
    signature: "trim_start(pattern: string, text: string): string",
    nulls: "never",
    lower: { duckdb: (pattern, of) => cutAt("start", pattern, of) },
    check: checkRegex(0),
    examples: [['trim_start("x", "xxhello")', '"xhello"', "one match goes, not all"]],
  }),
  scalarFunction({
    name: "trim_end",
    summary: "Without one match of a regular expression at the end.",
    signature: "trim_end(pattern: string, text: string): string",
    nulls: "never",
    lower: { duckdb: (pattern, of) => cutAt("end", pattern, of) },
    check: checkRegex(0),
    examples: [['trim_end(".com", "bing.com")', '"bing"']],
  }),
  scalarFunction({
    name: "trim",
    summary: "Without one match of a regular expression at either end.",
    signature: "trim(pattern: string, text: string): string",
    nulls: "never",
    lower: { duckdb: (pattern, of) => cutAt("end", pattern, cutAt("start", pattern, of)) },
    check: checkRegex(0),
    examples: [
      ['trim("--", "--https://bing.com--")', '"https://bing.com"'],
      ['trim("x", "xxx")', '"x"', "one match at each end"],
    ],
  }),
  scalarFunction({
    name: "regex_quote",
    summary: "A text as a regular expression that matches it.",
    signature: "regex_quote(text: string): string",
    nulls: "never",
    lower: { duckdb: (of) => call("goshawk_regex_quote", of) },
    examples: [["regex_quote('(so$me.Te^xt)')", String.raw`@'\(so\$me\.Te\^xt\)'`]],
  }),
];
