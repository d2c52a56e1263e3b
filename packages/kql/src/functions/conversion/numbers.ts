import type { SqlExpr } from "../../sql/ast.ts";
import {
  bitAnd,
  call,
  cases,
  cast,
  choose,
  coalesce,
  equal,
  greater,
  less,
  no,
  nothing,
  number,
  once,
  real,
  subtract,
  text,
  tryCast,
  unequal,
  yes,
} from "../../sql/build.ts";
import { readText } from "../dynamic/paths.ts";
import { wrap } from "../long.ts";

const spaces = " \t\r\n\v\f";
const space = "[ \\t\\r\\n\\v\\f]*";

/** The text inside a dynamic string, the JSON text of anything else. */
export const dynamicText: (json: SqlExpr) => SqlExpr = readText;

const matches = (of: SqlExpr, pattern: string): SqlExpr => call("regexp_full_match", of, text(pattern));
const spaced = (of: SqlExpr, pattern: string): SqlExpr => matches(of, `${space}${pattern}${space}`);

// Nothing here is named with `once` inside a branch: what is named is computed for every row, what stands in a branch
// only for the rows that take it.

/** The whole number of a text written as a long is printed; most are, and this is quick. */
const plainWhole = (of: SqlExpr, then: (x: SqlExpr) => SqlExpr): readonly [SqlExpr, SqlExpr] => [
  equal(cast(tryCast(of, "BIGINT"), "VARCHAR"), of),
  then(tryCast(of, "BIGINT")),
];

/** DuckDB reads hexadecimal digits too, but with no space around them. */
const bitsFromHex = (of: SqlExpr): SqlExpr => wrap(cast(tryCast(call("trim", of, text(spaces)), "UBIGINT"), "HUGEINT"));

/** A long from text: decimal or hexadecimal digits and nothing else. */
export const longFromText = (of: SqlExpr): SqlExpr =>
  once(of, (digits) =>
    cases(
      [
        plainWhole(digits, (x) => x),
        [spaced(digits, "[-+]?[0-9]+"), tryCast(digits, "BIGINT")],
        [spaced(digits, "0[xX][0-9a-fA-F]{1,16}"), bitsFromHex(digits)],
      ],
      nothing("BIGINT"),
    ),
  );

/** An int from text; hexadecimal digits are its 32 bits. */
export const intFromText = (of: SqlExpr): SqlExpr =>
  once(of, (digits) =>
    cases(
      [
        plainWhole(digits, (x) => cast(tryCast(x, "INTEGER"), "BIGINT")),
        [spaced(digits, "[-+]?[0-9]+"), cast(tryCast(digits, "INTEGER"), "BIGINT")],
        [spaced(digits, "0[xX][0-9a-fA-F]{1,8}"), lowInt(bitsFromHex(digits))],
      ],
      nothing("BIGINT"),
    ),
  );

/** The low 32 bits with their sign: what Kusto makes of a long that is no int. */
export const lowInt = (of: SqlExpr): SqlExpr =>
  subtract(call("xor", bitAnd(of, number(0xffff_ffff)), number(0x8000_0000)), number(0x8000_0000));

/** Cut toward zero and held at the ends of the type. */
const wholeFromReal =
  (type: "INTEGER" | "BIGINT", low: bigint, high: bigint) =>
  (of: SqlExpr): SqlExpr => {
    const whole = tryCast(call("trunc", of), type);
    const end = cases(
      [
        [call("isnan", of), nothing("BIGINT")],
        [greater(of, number(0)), number(high)],
        [less(of, number(0)), cast(number(low), "BIGINT")],
      ],
      nothing("BIGINT"),
    );
    return coalesce(type === "BIGINT" ? whole : cast(whole, "BIGINT"), end);
  };

export const longFromReal: (of: SqlExpr) => SqlExpr = wholeFromReal("BIGINT", -(2n ** 63n), 2n ** 63n - 1n);
export const intFromReal: (of: SqlExpr) => SqlExpr = wholeFromReal("INTEGER", -(2n ** 31n), 2n ** 31n - 1n);

export const realFromText = (of: SqlExpr): SqlExpr =>
  once(of, (digits) =>
    cases(
      [
        [spaced(digits, "[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?"), tryCast(digits, "DOUBLE")],
        [spaced(digits, "(?i)[+]?inf(inity)?"), real(Number.POSITIVE_INFINITY)],
        [spaced(digits, "(?i)-inf(inity)?"), real(Number.NEGATIVE_INFINITY)],
        [spaced(digits, "(?i)nan"), real(Number.NaN)],
      ],
      nothing("DOUBLE"),
    ),
  );

export const boolFromText = (of: SqlExpr): SqlExpr =>
  once(of, (word) =>
    cases(
      [
        [spaced(word, "(?i)true"), yes],
        [spaced(word, "(?i)false"), no],
      ],
      unequal(longFromText(word), number(0)),
    ),
  );

const isString = (json: SqlExpr): SqlExpr => call("starts_with", json, text('"'));

/** What each kind of JSON value becomes; an array or bag is null. */
interface FromJson {
  readonly text: (of: SqlExpr) => SqlExpr;
  readonly whole: (of: SqlExpr) => SqlExpr;
  readonly real: (of: SqlExpr) => SqlExpr;
  readonly yes: SqlExpr;
  readonly no: SqlExpr;
}

/** A value of a dynamic, by its kind: a string's text is read, a number is converted as its own type would be. */
export function fromJson(json: SqlExpr, by: FromJson): SqlExpr {
  return once(json, (value) =>
    cases(
      [
        [isString(value), by.text(choose(isString(value), dynamicText(value), nothing("VARCHAR")))],
        [equal(value, text("true")), by.yes],
        [equal(value, text("false")), by.no],
        plainWhole(value, by.whole),
        [matches(value, "-?[0-9]+"), coalesce(by.whole(tryCast(value, "BIGINT")), by.real(tryCast(value, "DOUBLE")))],
      ],
      by.real(tryCast(value, "DOUBLE")),
    ),
  );
}
