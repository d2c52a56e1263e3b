import type { SqlExpr } from "../../sql/ast.ts";
import { call, choose, concat, constantText, equal, number, text, value } from "../../sql/build.ts";
import { type RefusedFunction, refusedFunction, type ScalarFunction, scalarFunction } from "../define.ts";
import { regex } from "./regex.ts";

/** `call`, or the empty text where a pattern that only the row knows is no regular expression. */
const safely = (of: SqlExpr): SqlExpr => call("coalesce", call("try", of), text(""));

/** One match at an end of the text goes, not several. */
function cutAt(end: "start" | "end", pattern: SqlExpr, of: SqlExpr): SqlExpr {
  const constant = constantText(regex(pattern));
  const [before, after] = end === "start" ? ["^(?:", ")"] : ["(?:", ")$"];
  const anchored =
    constant === undefined ? concat(text(before), pattern, text(after)) : value(`${before}${constant}${after}`);
  return call("coalesce", call("try", call("regexp_replace", of, anchored, text(""))), of);
}

const replaceAll = (of: SqlExpr, pattern: SqlExpr, rewrite: SqlExpr): SqlExpr =>
  safely(call("regexp_replace", of, regex(pattern), rewrite, text("g")));

export const editing: readonly (ScalarFunction | RefusedFunction)[] = [
  scalarFunction({
    name: "strcat_delim",
    summary: "The texts of all arguments with a delimiter between them.",
    signature: "strcat_delim(delimiter: string, ...values: string): string",
    nulls: "never",
    lower: {
      duckdb: (delimiter, ...values) => call("array_to_string", { kind: "list", items: values }, delimiter),
    },
    examples: [['strcat_delim("-", 1, "2", "A", 1s)', '"1-2-A-00:00:01"', "every type has a text"]],
  }),
  scalarFunction({
    name: "replace_string",
    summary: "Every occurrence of a text replaced; an empty one changes nothing.",
    signature: "replace_string(text: string, lookup: string, rewrite: string): string",
    nulls: "never",
    lower: { duckdb: (of, lookup, rewrite) => call("replace", of, lookup, rewrite) },
    examples: [['replace_string("aaa", "", "X")', '"aaa"', "nothing to look for"]],
  }),
  scalarFunction({
    name: "replace_regex",
    summary: "Every match of a regular expression replaced; `\\1` is the first group.",
    signature: "replace_regex(text: string, pattern: string, rewrite: string): string",
    lower: { duckdb: replaceAll },
    examples: [['replace_regex("Number is 1", @"is (\\d+)", @"was: \\1")', '"Number was: 1"']],
  }),
  scalarFunction({
    name: "replace",
    summary: "Every match of a regular expression replaced (the old order of arguments).",
    signature: "replace(pattern: string, rewrite: string, text: string): string",
    lower: { duckdb: (pattern, rewrite, of) => replaceAll(of, pattern, rewrite) },
  }),
  scalarFunction({
    name: "trim_start",
    summary: "Without one match of a regular expression at the start.",
    signature: "trim_start(pattern: string, text: string): string",
    nulls: "never",
    lower: { duckdb: (pattern, of) => cutAt("start", pattern, of) },
    examples: [['trim_start("x", "xxhello")', '"xhello"', "one match goes, not all"]],
  }),
  scalarFunction({
    name: "trim_end",
    summary: "Without one match of a regular expression at the end.",
    signature: "trim_end(pattern: string, text: string): string",
    nulls: "never",
    lower: { duckdb: (pattern, of) => cutAt("end", pattern, of) },
  }),
  scalarFunction({
    name: "trim",
    summary: "Without one match of a regular expression at either end.",
    signature: "trim(pattern: string, text: string): string",
    nulls: "never",
    lower: { duckdb: (pattern, of) => cutAt("end", pattern, cutAt("start", pattern, of)) },
    examples: [['trim("--", "--https://bing.com--")', '"https://bing.com"']],
  }),
  scalarFunction({
    name: "reverse",
    summary: "The characters of a text from the last to the first.",
    signature: "reverse(value: string): string",
    nulls: "never",
    lower: { duckdb: (of) => call("goshawk_reverse", of) },
  }),
  scalarFunction({
    name: "strrep",
    summary: "A text repeated, with a delimiter between.",
    signature: "strrep(value: string, count: long, delimiter?: string): string",
    lower: { duckdb: (of, count, delimiter = text("")) => call("goshawk_repeat", of, count, delimiter) },
    examples: [["strrep(123, 3, '.')", '"123.123.123"']],
  }),
  scalarFunction({
    name: "translate",
    summary: "Characters of one list replaced by those of another.",
    signature: "translate(search: string, replacement: string, text: string): string",
    nulls: "never",
    lower: { duckdb: (search, replacement, of) => call("goshawk_translate", search, replacement, of) },
  }),
  scalarFunction({
    name: "strcmp",
    summary: "-1, 0 or 1, as the first text comes before, with or after the second.",
    signature: "strcmp(a: string, b: string): int",
    nulls: "never",
    lower: {
      duckdb: (a, b) =>
        choose(
          equal(a, b),
          number(0),
          choose({ kind: "operation", operator: "<", args: [a, b] }, number(-1), number(1)),
        ),
    },
    examples: [['strcmp("ABC", "abc")', "-1"]],
  }),
  scalarFunction({
    name: "string_size",
    summary: "The bytes of a text in UTF-8.",
    signature: "string_size(text: string): long",
    nulls: "never",
    lower: { duckdb: (of) => call("strlen", of) },
    examples: [['string_size("café")', "5"]],
  }),
  scalarFunction({
    name: "isascii",
    summary: "Whether a text is ASCII alone.",
    signature: "isascii(text: string): bool",
    nulls: "never",
    lower: { duckdb: (of) => equal(call("strlen", of), call("length", of)) },
  }),
  scalarFunction({
    name: "isutf8",
    summary: "Whether a text is valid UTF-8; every text here is.",
    signature: "isutf8(text: string): bool",
    nulls: "never",
    lower: { duckdb: () => value(true) },
  }),
  scalarFunction({
    name: "regex_quote",
    summary: "A text as a regular expression that matches it.",
    signature: "regex_quote(text: string): string",
    nulls: "never",
    lower: { duckdb: (of) => call("goshawk_regex_quote", of) },
    examples: [["regex_quote('(so$me.Te^xt)')", String.raw`@'\(so\$me\.Te\^xt\)'`]],
  }),
  refusedFunction("geo_info_from_ip_address", "it needs a database of addresses, which is not at hand offline"),
];
