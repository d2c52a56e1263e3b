import { call, notDistinct } from "../sql/build.ts";
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
];
