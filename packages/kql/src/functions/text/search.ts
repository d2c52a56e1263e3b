import type { SqlExpr } from "../../sql/ast.ts";
import {
  call,
  cast,
  choose,
  constantNumber,
  constantText,
  equal,
  nothing,
  number,
  once,
  text,
} from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { regex } from "./regex.ts";

/** How many capture groups a regular expression has. */
export function groupCount(pattern: string): number {
  let count = 0;
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === "\\") at++;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "(" && !inClass && (pattern[at + 1] !== "?" || /^\(\?P?<[^=!]/.test(pattern.slice(at)))) count++;
  }
  return count;
}

const jsonOf = (of: SqlExpr): SqlExpr => cast(call("to_json", of), "VARCHAR");

/** All matches: an array of texts for one group, of arrays for several; null where nothing matches. */
function extractAll(pattern: SqlExpr, groups: readonly number[], of: SqlExpr): SqlExpr {
  const matches = (group: number): SqlExpr =>
    call("try", call("regexp_extract_all", of, regex(pattern), number(group)));
  const [first = 0] = groups;
  if (groups.length <= 1) return orNull(matches(first), (found) => jsonOf(found));
  return once(matches(first), (found) =>
    choose(
      equal(call("coalesce", call("len", found), number(0)), number(0)),
      nothing("VARCHAR"),
      jsonOf(
        call(
          "list_transform",
          call("range", number(1), { kind: "operation", operator: "+", args: [call("len", found), number(1)] }),
          {
            kind: "lambda",
            parameters: ["i"],
            body: {
              kind: "list",
              items: groups.map((group) => call("list_extract", matches(group), { kind: "column", name: "i" })),
            },
          },
        ),
      ),
    ),
  );
}

function orNull(of: SqlExpr, body: (found: SqlExpr) => SqlExpr): SqlExpr {
  return once(of, (found) =>
    choose(equal(call("coalesce", call("len", found), number(0)), number(0)), nothing("VARCHAR"), body(found)),
  );
}

function allGroups(pattern: SqlExpr): readonly number[] {
  const count = groupCount(constantText(pattern) ?? "()");
  return count === 0 ? [0] : Array.from({ length: count }, (_, index) => index + 1);
}

function askedGroups(groups: SqlExpr, pattern: SqlExpr): readonly number[] {
  const parsed: unknown = JSON.parse(constantText(groups) ?? "null");
  return Array.isArray(parsed) && parsed.every((group) => Number.isInteger(group))
    ? (parsed as number[])
    : allGroups(pattern);
}

function countOf(of: SqlExpr, search: SqlExpr, kind?: SqlExpr): SqlExpr {
  if (constantText(kind)?.toLowerCase() === "regex")
    return call("coalesce", call("len", call("try", call("regexp_extract_all", of, regex(search)))), number(0));
  return call("goshawk_count_of", of, search);
}

export const searching: readonly ScalarFunction[] = [
  scalarFunction({
    name: "extract",
    summary: "A capture group of a regular expression's first match; the empty text where nothing matches.",
    signature: "extract(pattern: string, group: long, text: string): string",
    lower: {
      duckdb: (pattern, group, of) =>
        call("coalesce", call("try", call("regexp_extract", of, regex(pattern), cast(group, "INTEGER"))), text("")),
    },
    examples: [
      ['extract(@"(\\d+)-(\\d+)", 2, "2020-12-31")', '"12"'],
      ['extract(@"\\d", 0, "none")', '""', "no match"],
    ],
  }),
  scalarFunction({
    name: "extract_all",
    aliases: ["extractall"],
    summary: "All matches of a regular expression.",
    overloads: [
      {
        signature: "extract_all(pattern: string, text: string): dynamic",
        lower: { duckdb: (pattern, of) => extractAll(pattern, allGroups(pattern), of) },
      },
      {
        signature: "extract_all(pattern: string, groups: dynamic, text: string): dynamic",
        lower: { duckdb: (pattern, groups, of) => extractAll(pattern, askedGroups(groups, pattern), of) },
      },
    ],
    examples: [['extract_all(@"(\\d+)", "123, 567")', 'dynamic(["123","567"])']],
  }),
  scalarFunction({
    name: "countof",
    summary: "How often a text occurs in another, overlaps counted, or how often a regular expression matches.",
    signature: "countof(text: string, search: string, kind?: string): long",
    nulls: "never",
    lower: { duckdb: countOf },
    examples: [['countof("ababab", "ab")', "3"]],
  }),
  scalarFunction({
    name: "indexof",
    summary: "The zero-based place of a text in another; -1 where it is not there.",
    signature: "indexof(text: string, lookup: string, start?: long, length?: long, occurrence?: long): long",
    lower: {
      duckdb: (of, lookup, start = number(0), length = number(-1), occurrence = number(1)) =>
        call("goshawk_index_of", of, lookup, cast(start, "BIGINT"), cast(length, "BIGINT"), cast(occurrence, "BIGINT")),
    },
    examples: [['indexof("abcabc", "a", 2)', "3"]],
  }),
  scalarFunction({
    name: "indexof_regex",
    summary: "The zero-based place of a regular expression's first match; -1 where there is none.",
    signature: "indexof_regex(text: string, pattern: string): long",
    lower: {
      duckdb: (of, pattern) => {
        const found = call(
          "try",
          call(
            "regexp_extract",
            of,
            { kind: "call", name: "concat", args: [text("(?s)^(.*?)(?:"), pattern, text(")")] },
            number(1),
          ),
        );
        return choose(
          call("coalesce", call("try", call("regexp_matches", of, pattern)), { kind: "value", value: false }),
          call("length", found),
          number(-1),
        );
      },
    },
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
    summary: "The texts of an array's elements with a delimiter between them.",
    signature: "strcat_array(array: dynamic, delimiter: string): string",
    lower: { duckdb: (array, delimiter) => call("goshawk_join", array, delimiter) },
    examples: [['strcat_array(dynamic([1, null, 3]), "-")', '"1--3"', "null has an empty text"]],
  }),
  scalarFunction({
    name: "extract_json",
    aliases: ["extractjson"],
    summary: "What a JSON path finds in a JSON text.",
    signature: "extract_json(path: string, json: string): string",
    lower: {
      duckdb: (path, json) =>
        choose(
          call("json_valid", json),
          call("coalesce", call("try", call("json_extract_string", json, path)), text("")),
          text(""),
        ),
    },
    examples: [[`extract_json("$.name", '{"name": "John"}')`, '"John"']],
  }),
];
