import type { SqlExpr } from "../../sql/ast.ts";
import { attempt, call, cases, cast, nothing, text, tryCast } from "../../sql/build.ts";
import { parseDatetime } from "../../values/parseDatetime.ts";
import { parseTimespan } from "../../values/parseTimespan.ts";
import { inRange } from "../../values/periods.ts";
import { inRange as ticksInRange } from "../datetime/sql.ts";
import { datetimeFromText, timespanFromText } from "../datetime/text.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { dynamicText, fromJson } from "./numbers.ts";

const same = (of: SqlExpr): SqlExpr => of;
const cut = (of: SqlExpr): SqlExpr => tryCast(call("trunc", of), "BIGINT");
const never: SqlExpr = nothing("BIGINT");

/** Kusto reads a guid with its hyphens anywhere, or none. */
function guidFromText(of: SqlExpr): SqlExpr {
  const digits = call("replace", call("trim", of, text(" {}()")), text("-"), text(""));
  return cases(
    [[call("regexp_full_match", digits, text("[0-9a-fA-F]{32}")), cast(attempt(tryCast(digits, "UUID")), "VARCHAR")]],
    nothing("VARCHAR"),
  );
}

export const toTime: readonly ScalarFunction[] = [
  scalarFunction({
    name: "todatetime",
    summary: "A value as a datetime: a text in any of Kusto's forms, month first, or a number of ticks; else null.",
    overloads: [
      {
        signature: "todatetime(value: datetime): datetime",
        nulls: "propagate",
        lower: { duckdb: same },
        fold: (of) => of,
      },
      {
        signature: "todatetime(value: long): datetime",
        lower: { duckdb: ticksInRange },
        fold: (of) => inRange(BigInt(of)) ?? null,
      },
      { signature: "todatetime(value: real): datetime", lower: { duckdb: (of) => ticksInRange(cut(of)) } },
      {
        signature: "todatetime(value: string): datetime",
        lower: { duckdb: datetimeFromText },
        fold: (of) => parseDatetime(String(of)) ?? null,
      },
      {
        signature: "todatetime(value: dynamic): datetime",
        lower: {
          duckdb: (of) =>
            fromJson(of, {
              text: datetimeFromText,
              whole: ticksInRange,
              real: (inner) => ticksInRange(cut(inner)),
              yes: never,
              no: never,
            }),
        },
      },
    ],
    examples: [
      ['todatetime("12-02-2022")', "datetime(2022-12-02)", "month first"],
      ['todatetime("13-01-2022")', "datetime(null)", "there is no month 13"],
      ['todatetime("2022-12-02T13:45:56+02:00")', "datetime(2022-12-02 11:45:56)", "an offset is taken away"],
      ["todatetime(1)", "datetime(0001-01-01 00:00:00.0000001)", "a number counts ticks"],
    ],
  }),
  scalarFunction({
    name: "totimespan",
    aliases: ["totime"],
    summary:
      "A value as a timespan: `[-][d.]hh:mm[:ss[.fffffff]]`, a number with a unit, or a number of ticks; else null.",
    overloads: [
      {
        signature: "totimespan(value: timespan): timespan",
        nulls: "propagate",
        lower: { duckdb: same },
        fold: (of) => of,
      },
      { signature: "totimespan(value: long): timespan", nulls: "propagate", lower: { duckdb: same }, fold: (of) => of },
      { signature: "totimespan(value: real): timespan", lower: { duckdb: cut } },
      {
        signature: "totimespan(value: string): timespan",
        lower: { duckdb: timespanFromText },
        fold: (of) => parseTimespan(String(of)) ?? null,
      },
      {
        signature: "totimespan(value: dynamic): timespan",
        lower: {
          duckdb: (of) => fromJson(of, { text: timespanFromText, whole: same, real: cut, yes: never, no: never }),
        },
      },
    ],
    examples: [
      ['totimespan("4.00:00:00")', "time(4d)", "days stand before the point"],
      ['totimespan("13:00")', "time(13h)"],
    ],
  }),
  scalarFunction({
    name: "toguid",
    summary: "A value as a guid; null where it is none.",
    overloads: [
      { signature: "toguid(value: guid): guid", nulls: "propagate", lower: { duckdb: same } },
      { signature: "toguid(value: string): guid", lower: { duckdb: guidFromText } },
      { signature: "toguid(value: dynamic): guid", lower: { duckdb: (of) => guidFromText(dynamicText(of)) } },
    ],
    examples: [
      ['toguid("0123456789abcdef0123456789abcdef")', "guid(01234567-89ab-cdef-0123-456789abcdef)"],
      ['toguid("no guid")', "guid(null)"],
    ],
  }),
];
