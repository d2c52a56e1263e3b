import { call, constantNumber, constantText, field, list, text } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

/** The groups of one match, as the operators `parse` and `parse-where` need them; no query can name these. */
export const captures: readonly ScalarFunction[] = [
  scalarFunction({
    name: "captures of a match",
    signature: "captures of a match(text: string, regex: string, count: long): dynamic",
    summary:
      "All groups of the first match, each empty where there is none: a structure that only the next function reads.",
    nulls: "never",
    lower: {
      duckdb: (of, regex, count) => {
        const names = Array.from({ length: constantNumber(count) ?? 0 }, (_, index) => text(`g${index}`));
        // DuckDB wants a pattern for named groups that is constant before parameters are known.
        return call("regexp_extract", of, text(constantText(regex) ?? ""), list(...names));
      },
    },
  }),
  scalarFunction({
    name: "captured group",
    signature: "captured group(captures: dynamic, index: long): string",
    summary: "One group of a match.",
    nulls: "propagate",
    lower: { duckdb: (of, index) => field(of, `g${constantNumber(index) ?? 0}`) },
  }),
  scalarFunction({
    name: "matches pattern",
    signature: "matches pattern(text: string, regex: string): bool",
    summary: "Whether the text matches at all.",
    nulls: "propagate",
    lower: { duckdb: (of, regex) => call("regexp_matches", of, regex) },
  }),
];
