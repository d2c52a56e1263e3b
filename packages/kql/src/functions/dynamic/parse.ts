import type { SqlExpr } from "../../sql/ast.ts";
import { and, call, cast, choose, not, once, or, text } from "../../sql/build.ts";
import { datetimeText, timespanText } from "../datetime/text.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { parsedJson } from "../host/json.ts";
import { jsonString, orNull } from "./sql.ts";

/** DuckDB takes these words for numbers, where JSON has none; only then a text is looked at more closely. */
const words = ["NaN", "nan", "NAN", "inf", "Inf", "INF"];
const wordAsNumber = String.raw`(?:^|[\[:,])\s*-?(?i:nan|inf(?:inity)?)\s*(?:[,\]}]|$)`;

/** Plain JSON goes through the engine; all else through the exact reading. */
function parse(of: SqlExpr): SqlExpr {
  return once(of, (json) => {
    const suspicious = or(...words.map((word) => call("contains", json, text(word))));
    const odd = and(suspicious, call("regexp_matches", json, text(wordAsNumber)));
    return choose(
      and(call("json_valid", json), not(odd)),
      orNull(call("json", json)),
      call("goshawk_parse_json", json),
    );
  });
}

export const dynamicParsing: readonly ScalarFunction[] = [
  scalarFunction({
    name: "todynamic",
    aliases: ["parse_json", "parsejson", "toobject"],
    summary: "The value that a JSON text writes; text that is no JSON becomes a dynamic string.",
    overloads: [
      { signature: "todynamic(value: dynamic): dynamic", nulls: "propagate", lower: { duckdb: (of) => of } },
      {
        signature: "todynamic(value: string): dynamic",
        lower: { duckdb: parse },
        fold: (value) => parsedJson(String(value)),
      },
    ],
    examples: [
      ["parse_json('not json')", 'dynamic("not json")', "text that is no JSON is kept as a string"],
      ['parse_json(dynamic("[1]"))', 'dynamic("[1]")', "a dynamic string is not parsed again"],
      ["parse_json('{\"v\":118.0}').v", "dynamic(118.0)", "a real stays a real"],
      ["parse_json('9223372036854775807')", "dynamic(9223372036854775807)", "64 bits are exact"],
    ],
  }),
  scalarFunction({
    name: "dynamic of",
    summary: "A value as it stands inside a dynamic; a string is not parsed.",
    overloads: [
      { signature: "dynamic(value: dynamic): dynamic", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "dynamic(value: string): dynamic", nulls: "never", lower: { duckdb: jsonString } },
      { signature: "dynamic(value: guid): dynamic", nulls: "propagate", lower: { duckdb: jsonString } },
      ...["int", "long", "bool"].map((type) => ({
        signature: `dynamic(value: ${type}): dynamic`,
        nulls: "propagate" as const,
        lower: { duckdb: (of: SqlExpr) => cast(of, "VARCHAR") },
      })),
      {
        signature: "dynamic(value: real): dynamic",
        nulls: "propagate",
        lower: { duckdb: (of) => call("goshawk_real_json", of) },
      },
      {
        signature: "dynamic(value: decimal): dynamic",
        nulls: "propagate",
        lower: { duckdb: (of) => jsonString(call("goshawk_decimal_text", cast(of, "VARCHAR"))) },
      },
      {
        signature: "dynamic(value: datetime): dynamic",
        nulls: "propagate",
        lower: { duckdb: (of) => jsonString(datetimeText(of)) },
      },
      {
        signature: "dynamic(value: timespan): dynamic",
        nulls: "propagate",
        lower: { duckdb: (of) => jsonString(timespanText(of)) },
      },
    ],
  }),
  scalarFunction({
    name: "dynamic_to_json",
    summary: "The JSON text of a value, keys in order.",
    signature: "dynamic_to_json(value: dynamic): string",
    lower: { duckdb: (of) => call("goshawk_dynamic_to_json", of) },
    examples: [['dynamic_to_json(dynamic({"b":1,"a":2}))', '"{\\"a\\":2,\\"b\\":1}"', "keys are sorted"]],
  }),
];
