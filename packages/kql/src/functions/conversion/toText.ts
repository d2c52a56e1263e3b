import type { SqlExpr } from "../../sql/ast.ts";
import { call, cases, cast, not, text } from "../../sql/build.ts";
import { formatDatetime } from "../../values/datetime.ts";
import { realText } from "../../values/realText.ts";
import { formatTimespan } from "../../values/timespan.ts";
import { datetimeText, timespanText } from "../datetime/text.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { dynamicText } from "./numbers.ts";

const same = (of: SqlExpr): SqlExpr => of;

export const toText: readonly ScalarFunction[] = [
  scalarFunction({
    name: "tostring",
    summary: "The text of a value; the empty string for null.",
    overloads: [
      { signature: "tostring(value: string): string", lower: { duckdb: same }, fold: (of) => of },
      {
        signature: "tostring(value: bool): string",
        lower: {
          duckdb: (of) =>
            cases(
              [
                [of, text("True")],
                [not(of), text("False")],
              ],
              text(""),
            ),
        },
        fold: (of) => (of === true ? "True" : "False"),
      },
      { signature: "tostring(value: int): string", lower: { duckdb: (of) => cast(of, "VARCHAR") }, fold: String },
      { signature: "tostring(value: long): string", lower: { duckdb: (of) => cast(of, "VARCHAR") }, fold: String },
      {
        signature: "tostring(value: real): string",
        lower: { duckdb: (of) => call("goshawk_real_text", of) },
        fold: (of) => realText(Number(of)),
      },
      {
        signature: "tostring(value: decimal): string",
        lower: { duckdb: (of) => call("goshawk_decimal_text", cast(of, "VARCHAR")) },
      },
      {
        signature: "tostring(value: datetime): string",
        lower: { duckdb: datetimeText },
        fold: (of) => formatDatetime(BigInt(of)),
      },
      {
        signature: "tostring(value: timespan): string",
        lower: { duckdb: timespanText },
        fold: (of) => formatTimespan(BigInt(of)),
      },
      { signature: "tostring(value: guid): string", lower: { duckdb: same }, fold: (of) => of },
      { signature: "tostring(value: dynamic): string", lower: { duckdb: dynamicText } },
    ],
    examples: [
      ["tostring(true)", '"True"', "a bool is capitalized"],
      ["tostring(long(null))", '""', "null has an empty text"],
      ["tostring(1.0)", '"1.0"', "a whole real keeps its point"],
      ["tostring(0.1 + 0.2)", '"0.30000000000000007"', "the last of 17 digits is not the nearest"],
    ],
  }),
];
