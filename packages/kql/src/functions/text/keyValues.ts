import { call, lambda, number, text } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

/** What the operator `parse-kv` needs; no query can name these. */
export const keyValueRows: readonly ScalarFunction[] = [
  scalarFunction({
    name: "values of keys",
    signature: "values of keys(text: string, request: string): dynamic",
    summary: "The value of each key of the request, in its order: an array of texts that only the next function reads.",
    nulls: "never",
    lower: {
      duckdb: (of, request) => call("from_json", call("goshawk_key_values", of, request), text('["VARCHAR"]')),
    },
  }),
  scalarFunction({
    name: "value of key",
    signature: "value of key(values: dynamic, position: long): string",
    summary: "One of the values, empty where the key isn't there.",
    lower: { duckdb: (values, position) => call("list_extract", values, position) },
  }),
  scalarFunction({
    name: "value after regex key",
    signature: "value after regex key(text: string, regex: string, key: string): string",
    summary: "The second group of the first match whose first group is the key.",
    lower: {
      duckdb: (of, regex, key) => {
        const keys = call(
          "list_transform",
          call("regexp_extract_all", of, regex, number(1)),
          lambda((item) => call("trim", item)),
        );
        return call(
          "trim",
          call("list_extract", call("regexp_extract_all", of, regex, number(2)), call("list_position", keys, key)),
        );
      },
    },
  }),
];
