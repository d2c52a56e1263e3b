import { call, value } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

function overArray(name: "has_any" | "has_all", summary: string): ScalarFunction {
  return scalarFunction({
    name: `${name} array`,
    summary,
    signature: `${name}(text: string, terms: dynamic): bool`,
    nulls: "never",
    lower: {
      duckdb: (text, terms) => call("coalesce", call(`goshawk_${name}`, text, terms), value(name === "has_all")),
    },
  });
}

/** `has_any` and `has_all` over an array whose elements aren't known before the query runs. */
export const termArrays: readonly ScalarFunction[] = [
  overArray("has_any", "Whether a text holds one of an array's terms."),
  overArray("has_all", "Whether a text holds all of an array's terms."),
];
