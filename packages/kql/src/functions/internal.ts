import { call, choose, equal, notDistinct, nothing, once, text } from "../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "./define.ts";

/** What operators need and no query can name. */
export const internalFunctions: readonly ScalarFunction[] = [
  scalarFunction({
    name: "same key",
    signature: "same key(a: T, b: T): bool",
    summary: "Whether two keys are the same; null is the same as null.",
    nulls: "never",
    lower: { duckdb: notDistinct },
  }),
  scalarFunction({
    name: "random order",
    signature: "random order(): real",
    summary: "Another number for each row.",
    nulls: "never",
    lower: { duckdb: () => call("random") },
  }),
  scalarFunction({
    name: "bag or null",
    signature: "bag or null(value: dynamic): dynamic",
    summary: "A property bag; null for all else.",
    lower: {
      duckdb: (of) =>
        once(of, (json) => choose(equal(call("json_type", json), text("OBJECT")), json, nothing("VARCHAR"))),
    },
  }),
  scalarFunction({
    name: "json kind",
    signature: "json kind(value: dynamic): string",
    summary: "The kind of a JSON value, as DuckDB calls it; empty for null.",
    lower: { duckdb: (of) => call("json_type", of) },
  }),
];
