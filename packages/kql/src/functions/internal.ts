import type { DiagnosticFacts } from "../diagnostics/diagnostic.ts";
import { runTimeFault } from "../diagnostics/runTimeFault.ts";
import { call, choose, equal, isNull, notDistinct, nothing, once, text } from "../sql/build.ts";
import { type ScalarFunction, scalarFunction, typed } from "./define.ts";

const tooMuch = (plugin: string): DiagnosticFacts["too-much"] => ({
  what: `'${plugin}' has more to search than it may.`,
  next: "Project fewer columns, filter the rows or raise the threshold.",
});

const search = (plugin: string, third: string): ScalarFunction =>
  scalarFunction({
    name: `${plugin} patterns`,
    signature: `${plugin} patterns(rows: dynamic, least: real, ${third}): dynamic`,
    summary: "Patterns of rows as arrays of counts and items; the query ends where there are too many.",
    lower: {
      duckdb: typed(({ origin }, ...args) =>
        once(call(`goshawk_${plugin}`, ...args), (found) =>
          choose(isNull(found), call("error", text(runTimeFault(origin, tooMuch(plugin)))), found),
        ),
      ),
    },
  });

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
  search("basket", "most: long"),
  search("autocluster", "weight: real"),
  search("diffpatterns", "most: long"),
];
