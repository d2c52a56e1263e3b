import type { SqlExpr } from "../sql/ast.ts";
import {
  and,
  attempt,
  call,
  cases,
  cast,
  choose,
  coalesce,
  equal,
  greaterOrEqual,
  less,
  not,
  nothing,
  number,
  once,
  text,
  tryCast,
  unequal,
} from "../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "./define.ts";

/** The text inside a dynamic string, the JSON text of anything else. */
export const dynamicText = (json: SqlExpr): SqlExpr => call("json_extract_string", json, text("$"));

const trimmed = (of: SqlExpr): SqlExpr => call("trim", of);

/** A long from text: decimal or hexadecimal digits and nothing else. */
function longFromText(of: SqlExpr): SqlExpr {
  return once(trimmed(of), (digits) =>
    cases(
      [
        [call("regexp_full_match", digits, text("[-+]?[0-9]+")), tryCast(digits, "BIGINT")],
        [call("regexp_full_match", digits, text("0[xX][0-9a-fA-F]{1,16}")), call("goshawk_hex_long", digits)],
      ],
      nothing("BIGINT"),
    ),
  );
}

/** A long from a real, cut toward zero and held at the ends. */
function longFromReal(of: SqlExpr): SqlExpr {
  return once(of, (x) =>
    cases(
      [
        [call("isnan", x), nothing("BIGINT")],
        [greaterOrEqual(x, cast(number(9223372036854775807n), "DOUBLE")), number(9223372036854775807n)],
        [less(x, cast(number(-9223372036854775808n), "DOUBLE")), cast(number(-9223372036854775808n), "BIGINT")],
      ],
      tryCast(call("trunc", x), "BIGINT"),
    ),
  );
}

function intRange(of: SqlExpr): SqlExpr {
  return once(of, (x) =>
    choose(and(greaterOrEqual(x, number(-2147483648n)), less(x, number(2147483648n))), x, nothing("BIGINT")),
  );
}

function realFromText(of: SqlExpr): SqlExpr {
  return once(trimmed(of), (digits) =>
    cases(
      [
        [
          call("regexp_full_match", digits, text("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?")),
          tryCast(digits, "DOUBLE"),
        ],
        [call("regexp_full_match", digits, text("(?i)[+]?inf(inity)?")), cast(text("infinity"), "DOUBLE")],
        [call("regexp_full_match", digits, text("(?i)-inf(inity)?")), cast(text("-infinity"), "DOUBLE")],
        [call("regexp_full_match", digits, text("(?i)nan")), cast(text("nan"), "DOUBLE")],
      ],
      nothing("DOUBLE"),
    ),
  );
}

function boolFromText(of: SqlExpr): SqlExpr {
  return once(call("lower", trimmed(of)), (word) =>
    cases(
      [
        [equal(word, text("true")), { kind: "value", value: true }],
        [equal(word, text("false")), { kind: "value", value: false }],
        [call("regexp_full_match", word, text("[-+]?[0-9]+")), unequal(tryCast(word, "BIGINT"), number(0))],
      ],
      nothing("BOOLEAN"),
    ),
  );
}

export const conversion: readonly ScalarFunction[] = [
  scalarFunction({
    name: "tostring",
    summary: "The text of a value; the empty string for null.",
    overloads: [
      { signature: "tostring(value: string): string", lower: { duckdb: (of) => of } },
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
      },
      { signature: "tostring(value: int): string", lower: { duckdb: (of) => cast(of, "VARCHAR") } },
      { signature: "tostring(value: long): string", lower: { duckdb: (of) => cast(of, "VARCHAR") } },
      { signature: "tostring(value: real): string", lower: { duckdb: (of) => call("goshawk_real_text", of) } },
      {
        signature: "tostring(value: decimal): string",
        lower: { duckdb: (of) => call("goshawk_decimal_text", cast(of, "VARCHAR")) },
      },
      { signature: "tostring(value: datetime): string", lower: { duckdb: (of) => call("goshawk_datetime_text", of) } },
      { signature: "tostring(value: timespan): string", lower: { duckdb: (of) => call("goshawk_timespan_text", of) } },
      { signature: "tostring(value: guid): string", lower: { duckdb: (of) => of } },
      { signature: "tostring(value: dynamic): string", lower: { duckdb: dynamicText } },
    ],
    examples: [
      ["tostring(true)", '"True"', "a bool is capitalized"],
      ["tostring(long(null))", '""', "null has an empty text"],
    ],
  }),
  scalarFunction({
    name: "tolong",
    summary: "A value as a long; null where it is none.",
    overloads: [
      { signature: "tolong(value: long): long", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "tolong(value: bool): long", nulls: "propagate", lower: { duckdb: (of) => cast(of, "BIGINT") } },
      { signature: "tolong(value: real): long", lower: { duckdb: longFromReal } },
      { signature: "tolong(value: decimal): long", lower: { duckdb: (of) => tryCast(call("trunc", of), "BIGINT") } },
      { signature: "tolong(value: datetime): long", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "tolong(value: timespan): long", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "tolong(value: string): long", lower: { duckdb: longFromText } },
      {
        signature: "tolong(value: dynamic): long",
        lower: {
          duckdb: (of) =>
            once(dynamicText(of), (inner) => coalesce(longFromText(inner), longFromReal(realFromText(inner)))),
        },
      },
    ],
  }),
  scalarFunction({
    name: "toint",
    summary: "A value as an int; null where it is none.",
    overloads: [
      { signature: "toint(value: int): int", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "toint(value: long): int", lower: { duckdb: intRange } },
      { signature: "toint(value: bool): int", nulls: "propagate", lower: { duckdb: (of) => cast(of, "BIGINT") } },
      { signature: "toint(value: real): int", lower: { duckdb: (of) => intRange(longFromReal(of)) } },
      {
        signature: "toint(value: decimal): int",
        lower: { duckdb: (of) => intRange(tryCast(call("trunc", of), "BIGINT")) },
      },
      { signature: "toint(value: string): int", lower: { duckdb: (of) => intRange(longFromText(of)) } },
      {
        signature: "toint(value: dynamic): int",
        lower: {
          duckdb: (of) =>
            intRange(
              once(dynamicText(of), (inner) => coalesce(longFromText(inner), longFromReal(realFromText(inner)))),
            ),
        },
      },
    ],
    examples: [
      ["toint(2.5)", "2", "cut, not rounded"],
      ['toint("2147483648")', "int(null)", "out of range"],
    ],
  }),
  scalarFunction({
    name: "toreal",
    aliases: ["todouble"],
    summary: "A value as a real; null where it is none.",
    overloads: [
      { signature: "toreal(value: real): real", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "toreal(value: long): real", nulls: "propagate", lower: { duckdb: (of) => cast(of, "DOUBLE") } },
      {
        signature: "toreal(value: bool): real",
        nulls: "propagate",
        lower: { duckdb: (of) => cast(cast(of, "BIGINT"), "DOUBLE") },
      },
      { signature: "toreal(value: decimal): real", nulls: "propagate", lower: { duckdb: (of) => cast(of, "DOUBLE") } },
      { signature: "toreal(value: datetime): real", nulls: "propagate", lower: { duckdb: (of) => cast(of, "DOUBLE") } },
      { signature: "toreal(value: timespan): real", nulls: "propagate", lower: { duckdb: (of) => cast(of, "DOUBLE") } },
      { signature: "toreal(value: string): real", lower: { duckdb: realFromText } },
      { signature: "toreal(value: dynamic): real", lower: { duckdb: (of) => realFromText(dynamicText(of)) } },
    ],
  }),
  scalarFunction({
    name: "tobool",
    aliases: ["toboolean"],
    summary: "A value as a bool; null where it is none.",
    overloads: [
      { signature: "tobool(value: bool): bool", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "tobool(value: long): bool", nulls: "propagate", lower: { duckdb: (of) => unequal(of, number(0)) } },
      { signature: "tobool(value: real): bool", nulls: "propagate", lower: { duckdb: (of) => unequal(of, number(0)) } },
      { signature: "tobool(value: string): bool", lower: { duckdb: boolFromText } },
      { signature: "tobool(value: dynamic): bool", lower: { duckdb: (of) => boolFromText(dynamicText(of)) } },
    ],
  }),
  scalarFunction({
    name: "todatetime",
    summary: "A value as a datetime; null where it is none.",
    overloads: [
      { signature: "todatetime(value: datetime): datetime", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "todatetime(value: long): datetime", lower: { duckdb: (of) => of } },
      { signature: "todatetime(value: string): datetime", lower: { duckdb: (of) => call("goshawk_datetime", of) } },
      {
        signature: "todatetime(value: dynamic): datetime",
        lower: { duckdb: (of) => call("goshawk_datetime", dynamicText(of)) },
      },
    ],
  }),
  scalarFunction({
    name: "totimespan",
    aliases: ["totime"],
    summary: "A value as a timespan; null where it is none.",
    overloads: [
      { signature: "totimespan(value: timespan): timespan", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "totimespan(value: long): timespan", lower: { duckdb: (of) => of } },
      { signature: "totimespan(value: string): timespan", lower: { duckdb: (of) => call("goshawk_timespan", of) } },
      {
        signature: "totimespan(value: dynamic): timespan",
        lower: { duckdb: (of) => call("goshawk_timespan", dynamicText(of)) },
      },
    ],
  }),
  scalarFunction({
    name: "toguid",
    summary: "A value as a guid; null where it is none.",
    overloads: [
      { signature: "toguid(value: guid): guid", nulls: "propagate", lower: { duckdb: (of) => of } },
      {
        signature: "toguid(value: string): guid",
        lower: { duckdb: (of) => cast(attempt(tryCast(of, "UUID")), "VARCHAR") },
      },
      {
        signature: "toguid(value: dynamic): guid",
        lower: { duckdb: (of) => cast(attempt(tryCast(dynamicText(of), "UUID")), "VARCHAR") },
      },
    ],
  }),
  scalarFunction({
    name: "todecimal",
    summary: "A value as a decimal; null where it is none.",
    approximate: "18 digits after the point are kept, where Kusto keeps 34 significant digits",
    overloads: [
      { signature: "todecimal(value: decimal): decimal", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "todecimal(value: long): decimal", lower: { duckdb: (of) => tryCast(of, "DECIMAL(38,18)") } },
      { signature: "todecimal(value: real): decimal", lower: { duckdb: (of) => tryCast(of, "DECIMAL(38,18)") } },
      { signature: "todecimal(value: string): decimal", lower: { duckdb: (of) => tryCast(of, "DECIMAL(38,18)") } },
      {
        signature: "todecimal(value: dynamic): decimal",
        lower: { duckdb: (of) => tryCast(dynamicText(of), "DECIMAL(38,18)") },
      },
    ],
  }),
];
