import { call, choose, coalesce, concat, equal, number, once, text, value } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

export const editing: readonly ScalarFunction[] = [
  scalarFunction({
    name: "strcat_delim",
    summary: "The texts of all arguments with a delimiter between them.",
    signature: "strcat_delim(delimiter: string, ...values: string): string",
    nulls: "never",
    lower: {
      duckdb: (delimiter, ...values) =>
        once(delimiter, (between) =>
          concat(...values.flatMap((of, at) => (at === 0 ? [of] : [between, of])), text("")),
        ),
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
    name: "replace_strings",
    summary: "Every match of several texts replaced by another; matches don't overlap, and an earlier lookup wins.",
    signature: "replace_strings(text: string, lookups: dynamic, rewrites: dynamic): string",
    lower: {
      duckdb: (of, lookups, rewrites) => coalesce(call("goshawk_replace_strings", of, lookups, rewrites), of),
    },
    examples: [
      [
        'replace_strings("turn a cat into a dog", dynamic(["cat", "dog"]), dynamic(["dog", "pigeon"]))',
        '"turn a dog into a pigeon"',
      ],
      [
        'replace_strings("This is it", dynamic(["is", "This"]), dynamic(["was", "This"]))',
        '"Thwas was it"',
        "order counts",
      ],
      [
        'replace_strings("This is it", dynamic(["This", "is"]), dynamic([12345, "was"]))',
        '"This was it"',
        "a rewrite that is no text",
      ],
    ],
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
    signature: "strcmp(a: string, b: string): long",
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
];
