import type { SqlExpr } from "../../sql/ast.ts";
import {
  bitAnd,
  call,
  cases,
  cast,
  choose,
  coalesce,
  equal,
  greaterOrEqual,
  less,
  nothing,
  number,
  once,
  real,
  subtract,
  text,
  tryCast,
} from "../../sql/build.ts";
import { readText } from "../dynamic/paths.ts";

const spaces = " \t\r\n\v\f";
export const trimmed = (of: SqlExpr): SqlExpr => call("trim", of, text(spaces));

/** The text inside a dynamic string, the JSON text of anything else. */
export const dynamicText: (json: SqlExpr) => SqlExpr = readText;

const matches = (of: SqlExpr, pattern: string): SqlExpr => call("regexp_full_match", of, text(pattern));

/** A long from text: decimal or hexadecimal digits and nothing else. */
export const longFromText = (of: SqlExpr): SqlExpr => wholeFromText(of, "0[xX][0-9a-fA-F]{1,16}", (x) => x);

/** An int from text; hexadecimal digits are its 32 bits. */
export const intFromText = (of: SqlExpr): SqlExpr => wholeFromText(of, "0[xX][0-9a-fA-F]{1,8}", intOrNull, lowInt);

function wholeFromText(
  of: SqlExpr,
  hex: string,
  decimal: (x: SqlExpr) => SqlExpr,
  bits: (x: SqlExpr) => SqlExpr = (x) => x,
): SqlExpr {
  return once(trimmed(of), (digits) =>
    cases(
      [
        [matches(digits, "[-+]?[0-9]+"), decimal(tryCast(digits, "BIGINT"))],
        [matches(digits, hex), bits(call("goshawk_hex_long", digits))],
      ],
      nothing("BIGINT"),
    ),
  );
}

const intOrNull = (of: SqlExpr): SqlExpr =>
  once(of, (x) =>
    cases(
      [
        [less(x, number(-2_147_483_648)), nothing("BIGINT")],
        [less(x, number(2_147_483_648)), x],
      ],
      nothing("BIGINT"),
    ),
  );

/** The low 32 bits with their sign: what Kusto makes of a long that is no int. */
export const lowInt = (of: SqlExpr): SqlExpr =>
  once(bitAnd(of, number(0xffff_ffff)), (low) =>
    choose(greaterOrEqual(low, number(0x8000_0000)), subtract(low, number(0x1_0000_0000)), low),
  );

/** Cut toward zero and held at the ends of the type. */
const wholeFromReal =
  (low: bigint, high: bigint) =>
  (of: SqlExpr): SqlExpr =>
    once(of, (x) =>
      cases(
        [
          [call("isnan", x), nothing("BIGINT")],
          [greaterOrEqual(x, real(Number(high))), number(high)],
          [less(x, real(Number(low))), cast(number(low), "BIGINT")],
        ],
        tryCast(call("trunc", x), "BIGINT"),
      ),
    );

export const longFromReal: (of: SqlExpr) => SqlExpr = wholeFromReal(-(2n ** 63n), 2n ** 63n - 1n);
export const intFromReal: (of: SqlExpr) => SqlExpr = wholeFromReal(-(2n ** 31n), 2n ** 31n - 1n);

export function realFromText(of: SqlExpr): SqlExpr {
  return once(trimmed(of), (digits) =>
    cases(
      [
        [matches(digits, "[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?"), tryCast(digits, "DOUBLE")],
        [matches(digits, "(?i)[+]?inf(inity)?"), real(Number.POSITIVE_INFINITY)],
        [matches(digits, "(?i)-inf(inity)?"), real(Number.NEGATIVE_INFINITY)],
        [matches(digits, "(?i)nan"), real(Number.NaN)],
      ],
      nothing("DOUBLE"),
    ),
  );
}

export function boolFromText(of: SqlExpr): SqlExpr {
  return once(call("lower", trimmed(of)), (word) =>
    cases(
      [
        [equal(word, text("true")), { kind: "value", value: true }],
        [equal(word, text("false")), { kind: "value", value: false }],
      ],
      { kind: "operation", operator: "<>", args: [longFromText(word), number(0)] },
    ),
  );
}

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
        [call("starts_with", value, text('"')), by.text(dynamicText(value))],
        [equal(value, text("true")), by.yes],
        [equal(value, text("false")), by.no],
        [matches(value, "-?[0-9]+"), coalesce(by.whole(tryCast(value, "BIGINT")), by.real(tryCast(value, "DOUBLE")))],
      ],
      by.real(tryCast(value, "DOUBLE")),
    ),
  );
}
