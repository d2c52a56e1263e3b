import type { SqlExpr } from "../sql/ast.ts";
import { and, call, constantText, not, once, or, value } from "../sql/build.ts";
import { lowerCase } from "../values/terms.ts";
import { type ScalarFunction, scalarFunction } from "./define.ts";
import { anyTermPattern, containsText, matchTerm, type TermMatch } from "./text/match.ts";
import { matchesRegex } from "./text/patterns.ts";
import { checkRegex } from "./text/regex.ts";

type Test = (haystack: SqlExpr, needle: SqlExpr) => SqlExpr;

/** A string operator in its four forms: with and without case, and negated. */
function fourForms(name: string, summary: string, test: (caseSensitive: boolean) => Test): readonly ScalarFunction[] {
  return [false, true].flatMap((caseSensitive) => {
    const spelled = caseSensitive ? `${name}_cs` : name;
    const positive = test(caseSensitive);
    const row = (called: string, lower: Test): ScalarFunction =>
      scalarFunction({
        name: called,
        summary,
        signature: `${called}(text: string, search: string): bool`,
        nulls: "never",
        lower: { duckdb: (haystack, needle) => lower(haystack, needle) },
      });
    return [row(spelled, positive), row(`!${spelled}`, (haystack, needle) => not(positive(haystack, needle)))];
  });
}

const term =
  (sides: Pick<TermMatch, "start" | "end">) =>
  (caseSensitive: boolean): Test =>
  (haystack, needle) =>
    matchTerm(haystack, needle, { ...sides, caseSensitive });

const folded =
  (name: string) =>
  (caseSensitive: boolean): Test =>
  (haystack, needle) => {
    if (caseSensitive) return call(name, haystack, needle);
    const constant = constantText(needle);
    return call(
      name,
      call("lower", haystack),
      constant === undefined ? call("lower", needle) : value(lowerCase(constant)),
    );
  };

/** RE2 slows down more than twofold where one alternation has twice as many needles as this. */
const LARGEST_ALTERNATION = 128;

/** All needles constant: alternations. Otherwise one test a needle. */
function hasAny(haystack: SqlExpr, ...needles: readonly SqlExpr[]): SqlExpr {
  const constants = needles.map(constantText).filter((needle) => needle !== undefined);
  if (constants.length === needles.length && constants.length > 1 && !constants.includes(""))
    return once(haystack, (text) => or(...alternations(constants).map((each) => call("regexp_matches", text, each))));
  return or(...needles.map((needle) => matchTerm(haystack, needle, { start: true, end: true, caseSensitive: false })));
}

function alternations(needles: readonly string[]): readonly SqlExpr[] {
  return Array.from({ length: Math.ceil(needles.length / LARGEST_ALTERNATION) }, (_, index) =>
    value(anyTermPattern(needles.slice(index * LARGEST_ALTERNATION, (index + 1) * LARGEST_ALTERNATION))),
  );
}

export const stringOperators: readonly ScalarFunction[] = [
  ...fourForms("has", "Whether a text holds a whole term.", term({ start: true, end: true })),
  ...fourForms("hasprefix", "Whether a term of a text begins so.", term({ start: true, end: false })),
  ...fourForms("hassuffix", "Whether a term of a text ends so.", term({ start: false, end: true })),
  ...fourForms(
    "contains",
    "Whether a text holds another.",
    (caseSensitive) => (haystack, needle) => containsText(haystack, needle, caseSensitive),
  ),
  ...fourForms("startswith", "Whether a text begins so.", folded("starts_with")),
  ...fourForms("endswith", "Whether a text ends so.", folded("ends_with")),
  scalarFunction({
    name: "has_any",
    summary: "Whether a text holds one of several terms.",
    signature: "has_any(text: string, ...terms: string): bool",
    nulls: "never",
    lower: { duckdb: hasAny },
  }),
  scalarFunction({
    name: "has_all",
    summary: "Whether a text holds all of several terms.",
    signature: "has_all(text: string, ...terms: string): bool",
    nulls: "never",
    lower: {
      duckdb: (haystack, ...needles) =>
        and(...needles.map((needle) => matchTerm(haystack, needle, { start: true, end: true, caseSensitive: false }))),
    },
  }),
  scalarFunction({
    name: "matches regex",
    summary: "Whether a text holds a match of a regular expression (the syntax of Rust's regex crate).",
    signature: "matches regex(text: string, pattern: string): bool",
    nulls: "never",
    lower: { duckdb: matchesRegex },
    check: checkRegex(1),
    examples: [
      ['"１" matches regex @"\\d"', "true", "digits of every script"],
      ['"Fabrikam" matches regex "b.*k"', "true"],
    ],
  }),
];
