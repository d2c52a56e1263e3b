import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, constantNumber, constantText, number, once, quotient, subtract, text } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { countMatches } from "./patterns.ts";
import { checkRegex } from "./regex.ts";

const jsonOf = (of: SqlExpr): SqlExpr => cast(call("to_json", of), "VARCHAR");

/** Occurrences, overlaps counted; without overlaps for a regular expression. */
function countOf(of: SqlExpr, search: SqlExpr, kind?: SqlExpr): SqlExpr {
  if (constantText(kind)?.toLowerCase() === "regex") return countMatches(of, search);
  const constant = constantText(search);
  if (constant === undefined || !isUnbordered(constant)) return call("goshawk_count_of", of, search);
  return once(of, (whole) =>
    quotient(
      subtract(call("strlen", whole), call("strlen", call("replace", whole, search, text("")))),
      number(new TextEncoder().encode(constant).length),
    ),
  );
}

/** Whether a text can't overlap itself: no beginning of it is an end of it. */
function isUnbordered(search: string): boolean {
  if (search === "") return false;
  for (let length = 1; length < search.length; length++) if (search.startsWith(search.slice(-length))) return false;
  return true;
}

export const searching: readonly ScalarFunction[] = [
  scalarFunction({
    name: "countof",
    summary: "How often a text occurs in another, overlaps counted, or how often a regular expression matches.",
    signature: "countof(text: string, search: string, kind?: string): long",
    nulls: "never",
    lower: { duckdb: countOf },
    check: (_text, search, kind) =>
      typeof kind === "string" && kind.toLowerCase() === "regex" ? checkRegex(0)(search) : undefined,
    examples: [
      ['countof("aaaa", "aa")', "3", "plain occurrences overlap"],
      ['countof("ababa", "aba", "regex")', "1", "matches of a regular expression don't"],
    ],
  }),
  scalarFunction({
    name: "indexof",
    summary: "The zero-based place of a text in another; -1 where it is not there.",
    signature: "indexof(text: string, lookup: string, start?: long, length?: long, occurrence?: long): long",
    lower: {
      duckdb: (of, lookup, start, length = number(-1), occurrence = number(1)) => {
        if (start === undefined && (constantText(lookup) ?? "") !== "")
          return subtract(call("strpos", of, lookup), number(1));
        return call(
          "goshawk_index_of",
          of,
          lookup,
          cast(start ?? number(0), "BIGINT"),
          cast(length, "BIGINT"),
          cast(occurrence, "BIGINT"),
        );
      },
    },
    examples: [
      ['indexof("abcabc", "a", 2)', "3"],
      ['indexof("abcdefg", "cde", -5)', "2", "a negative start counts from the end"],
      ['indexof("abcdefgabcdefg", "cde", 1, 10, 2)', "9", "the second occurrence"],
      ['indexof("abc", "")', "long(null)", "nothing to look for"],
    ],
  }),
  scalarFunction({
    name: "has_any_index",
    summary: "The place in an array of its first term that a text holds; -1 where it holds none.",
    signature: "has_any_index(text: string, terms: dynamic): long",
    lower: { duckdb: (of, terms) => call("goshawk_has_any_index", of, terms) },
    examples: [
      ['has_any_index("this is an example", dynamic(["not", "example"]))', "1"],
      ['has_any_index("this is an example", dynamic([]))', "-1", "nothing to look for"],
    ],
  }),
  scalarFunction({
    name: "split",
    summary: "The parts of a text between a delimiter, or the one at an index.",
    signature: "split(text: string, delimiter: string, index?: long): dynamic",
    lower: {
      duckdb: (of, delimiter, index) => {
        const parts = call("string_split", of, delimiter);
        if (index === undefined) return jsonOf(parts);
        const constant = constantNumber(index);
        const at =
          constant === undefined
            ? { kind: "operation" as const, operator: "+" as const, args: [index, number(1)] }
            : number(constant + 1);
        return call("nullif", jsonOf(call("list_slice", parts, at, at)), text("[]"));
      },
    },
    examples: [['split("aaa_bbb_ccc", "_", 1)', 'dynamic(["bbb"])', "an array of one"]],
  }),
  scalarFunction({
    name: "strcat_array",
    aliases: ["array_strcat"],
    summary: "The texts of an array's elements with a delimiter between them.",
    signature: "strcat_array(array: dynamic, delimiter: string): string",
    lower: { duckdb: (array, delimiter) => call("goshawk_join", array, delimiter) },
    examples: [['strcat_array(dynamic([1, null, 3]), "-")', '"1--3"', "null has an empty text"]],
  }),
];
