import type { SqlExpr } from "../sql/ast.ts";
import { add, call, choose, concat, constantNumber, greater, less, number, once, text } from "../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "./define.ts";

/** The engine refuses places beyond 32 bits; no text is so long. */
const LONGEST = 2_147_483_646;

function place(of: SqlExpr): SqlExpr {
  const known = constantNumber(of);
  return known !== undefined && known <= LONGEST ? of : call("least", of, number(LONGEST));
}

function part(whole: SqlExpr, from: SqlExpr, length: SqlExpr | undefined): SqlExpr {
  if (length === undefined) return call("substring", whole, add(place(from), number(1)));
  return choose(
    greater(length, number(0)),
    call("substring", whole, add(place(from), number(1)), place(length)),
    text(""),
  );
}

export const strings: readonly ScalarFunction[] = [
  scalarFunction({
    name: "strcat",
    summary: "All arguments' texts in a row.",
    signature: "strcat(...values: string): string",
    nulls: "never",
    lower: { duckdb: (...values) => concat(...values, text("")) },
  }),
  scalarFunction({
    name: "strlen",
    summary: "The number of characters (code points).",
    signature: "strlen(text: string): long",
    nulls: "never",
    lower: { duckdb: (of) => call("length", of) },
    examples: [['strlen("😀")', "1", "characters, not UTF-16 units"]],
  }),
  scalarFunction({
    name: "tolower",
    summary: "In lower case.",
    signature: "tolower(text: string): string",
    nulls: "never",
    lower: { duckdb: (of) => call("lower", of) },
  }),
  scalarFunction({
    name: "toupper",
    summary: "In upper case.",
    signature: "toupper(text: string): string",
    nulls: "never",
    lower: { duckdb: (of) => call("upper", of) },
  }),
  scalarFunction({
    name: "substring",
    summary: "The part from a zero-based start; a negative start counts from the end.",
    signature: "substring(text: string, start: long, length?: long): string",
    nulls: "never",
    lower: {
      duckdb: (of, start, length) =>
        once(of, (whole) =>
          once(choose(less(start, number(0)), add(call("length", whole), start), start), (from) =>
            choose(less(from, number(0)), text(""), part(whole, from, length)),
          ),
        ),
    },
    examples: [
      ['substring("abc", -1, 2)', '"c"', "a negative start counts from the end"],
      ['substring("abc", 5)', '""', "past the end"],
      ['substring("x", -2, 5)', '""', "before the beginning"],
    ],
  }),
];
