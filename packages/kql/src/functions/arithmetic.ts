import type { SqlExpr } from "../sql/ast.ts";
import {
  add,
  and,
  attempt,
  call,
  cast,
  choose,
  constantNumber,
  divide,
  greaterOrEqual,
  lessOrEqual,
  multiply,
  negate,
  nothing,
  number,
  once,
  quotient,
  remainder,
  subtract,
  tryCast,
} from "../sql/build.ts";
import { MAX_DATETIME_TICKS } from "../values/calendar.ts";
import { inRange } from "../values/periods.ts";
import { type OverloadRow, type ScalarFunction, scalarFunction, unsupported } from "./define.ts";
import { addLong, multiplyLong, subtractLong } from "./long.ts";

type Binary = (a: SqlExpr, b: SqlExpr) => SqlExpr;

const inLong = (value: bigint): bigint | null => (BigInt.asIntN(64, value) === value ? value : null);
const wrapped = (value: bigint): bigint => BigInt.asIntN(64, value);

/** A remainder that is never negative, null by zero. */
function modulo(a: SqlExpr, b: SqlExpr): SqlExpr {
  const by = constantNumber(b);
  if (by !== undefined && by !== 0 && Number.isSafeInteger(by)) {
    const size = number(Math.abs(by));
    return remainder(add(remainder(a, size), size), size);
  }
  return once(a, (x) =>
    once(call("abs", cast(call("nullif", b, number(0)), "HUGEINT")), (size) =>
      cast(remainder(add(remainder(cast(x, "HUGEINT"), size), size), size), "BIGINT"),
    ),
  );
}

const realModulo: Binary = (a, b) =>
  once(call("abs", b), (size) => call("fmod", add(call("fmod", a, size), size), size));

function moduloValue(a: bigint, b: bigint): bigint | null {
  if (b === 0n) return null;
  const size = b < 0n ? -b : b;
  return ((a % size) + size) % size;
}

/** `date` moved by `span`; null where that leaves the range of datetime. No sum overflows before it is compared. */
function later(date: SqlExpr, span: SqlExpr): SqlExpr {
  return once(date, (at) =>
    once(span, (by) =>
      choose(
        and(greaterOrEqual(by, negate(at)), lessOrEqual(by, subtract(number(MAX_DATETIME_TICKS), at))),
        add(at, by),
        nothing("BIGINT"),
      ),
    ),
  );
}

function earlier(date: SqlExpr, span: SqlExpr): SqlExpr {
  return once(date, (at) =>
    once(span, (by) =>
      choose(
        and(lessOrEqual(by, at), greaterOrEqual(by, subtract(at, number(MAX_DATETIME_TICKS)))),
        subtract(at, by),
        nothing("BIGINT"),
      ),
    ),
  );
}

/** Exact to 18 digits after the point; DuckDB's own product and quotient of decimals keep fewer. */
const decimals =
  (name: string): Binary =>
  (a, b) =>
    tryCast(call(name, cast(a, "VARCHAR"), cast(b, "VARCHAR")), "DECIMAL");

const spanTimes: Binary = (span, factor) => tryCast(call("trunc", multiply(span, factor)), "BIGINT");
const spanOver: Binary = (span, by) => tryCast(call("trunc", divide(cast(span, "DOUBLE"), by)), "BIGINT");
const ratio: Binary = (a, b) => divide(cast(a, "DOUBLE"), cast(b, "DOUBLE"));

function cut(ticks: number): bigint | null {
  return Number.isFinite(ticks) ? inLong(BigInt(Math.trunc(ticks))) : null;
}

const bothDynamic = (name: string): OverloadRow => ({
  signature: `${name}(a: dynamic, b: dynamic): dynamic`,
  lower: {
    duckdb: unsupported("Kusto computes with no two dynamic values; convert them with tolong(), toreal() or the like"),
  },
});

export const arithmetic: readonly ScalarFunction[] = [
  scalarFunction({
    name: "+",
    summary: "Sum; a long wraps around, a datetime out of range is null.",
    overloads: [
      {
        signature: "+(a: long, b: long): long",
        nulls: "propagate",
        lower: { duckdb: addLong },
        fold: (a, b) => wrapped(BigInt(a) + BigInt(b)),
      },
      {
        signature: "+(a: real, b: real): real",
        nulls: "propagate",
        lower: { duckdb: add },
        fold: (a, b) => Number(a) + Number(b),
      },
      {
        signature: "+(a: decimal, b: decimal): decimal",
        lower: { duckdb: (a, b) => attempt(cast(add(a, b), "DECIMAL")) },
      },
      {
        signature: "+(a: datetime, b: timespan): datetime",
        lower: { duckdb: later },
        fold: (a, b) => inRange(BigInt(a) + BigInt(b)) ?? null,
      },
      {
        signature: "+(a: timespan, b: datetime): datetime",
        lower: { duckdb: (a, b) => later(b, a) },
        fold: (a, b) => inRange(BigInt(a) + BigInt(b)) ?? null,
      },
      {
        signature: "+(a: timespan, b: timespan): timespan",
        lower: { duckdb: (a, b) => attempt(add(a, b)) },
        fold: (a, b) => inLong(BigInt(a) + BigInt(b)),
      },
      bothDynamic("+"),
    ],
    examples: [
      ["9223372036854775807 + 1", "-9223372036854775808", "a long wraps around"],
      ["datetime(9999-12-31) + 1d", "datetime(null)", "out of range"],
    ],
  }),
  scalarFunction({
    name: "-",
    summary: "Difference; a long wraps around, a datetime out of range is null.",
    overloads: [
      {
        signature: "-(a: long, b: long): long",
        nulls: "propagate",
        lower: { duckdb: subtractLong },
        fold: (a, b) => wrapped(BigInt(a) - BigInt(b)),
      },
      {
        signature: "-(a: real, b: real): real",
        nulls: "propagate",
        lower: { duckdb: subtract },
        fold: (a, b) => Number(a) - Number(b),
      },
      {
        signature: "-(a: decimal, b: decimal): decimal",
        lower: { duckdb: (a, b) => attempt(cast(subtract(a, b), "DECIMAL")) },
      },
      {
        signature: "-(a: datetime, b: datetime): timespan",
        nulls: "propagate",
        lower: { duckdb: subtract },
        fold: (a, b) => BigInt(a) - BigInt(b),
      },
      {
        signature: "-(a: datetime, b: timespan): datetime",
        lower: { duckdb: earlier },
        fold: (a, b) => inRange(BigInt(a) - BigInt(b)) ?? null,
      },
      {
        signature: "-(a: timespan, b: timespan): timespan",
        lower: { duckdb: (a, b) => attempt(subtract(a, b)) },
        fold: (a, b) => inLong(BigInt(a) - BigInt(b)),
      },
      bothDynamic("-"),
    ],
  }),
  scalarFunction({
    name: "*",
    summary: "Product; a long wraps around.",
    overloads: [
      {
        signature: "*(a: long, b: long): long",
        nulls: "propagate",
        lower: { duckdb: multiplyLong },
        fold: (a, b) => wrapped(BigInt(a) * BigInt(b)),
      },
      {
        signature: "*(a: real, b: real): real",
        nulls: "propagate",
        lower: { duckdb: multiply },
        fold: (a, b) => Number(a) * Number(b),
      },
      { signature: "*(a: decimal, b: decimal): decimal", lower: { duckdb: decimals("goshawk_decimal_times") } },
      {
        signature: "*(a: timespan, b: long): timespan",
        lower: { duckdb: (a, b) => attempt(multiply(a, b)) },
        fold: (a, b) => inLong(BigInt(a) * BigInt(b)),
      },
      {
        signature: "*(a: long, b: timespan): timespan",
        lower: { duckdb: (a, b) => attempt(multiply(a, b)) },
        fold: (a, b) => inLong(BigInt(a) * BigInt(b)),
      },
      {
        signature: "*(a: timespan, b: real): timespan",
        lower: { duckdb: spanTimes },
        fold: (a, b) => cut(Number(a) * Number(b)),
      },
      {
        signature: "*(a: real, b: timespan): timespan",
        lower: { duckdb: (a, b) => spanTimes(b, a) },
        fold: (a, b) => cut(Number(a) * Number(b)),
      },
      bothDynamic("*"),
    ],
  }),
  scalarFunction({
    name: "/",
    summary: "Quotient; integers are cut toward zero, and by zero give null.",
    overloads: [
      {
        signature: "/(a: long, b: long): long",
        lower: { duckdb: (a, b) => attempt(quotient(a, b)) },
        fold: (a, b) => (BigInt(b) === 0n ? null : wrapped(BigInt(a) / BigInt(b))),
      },
      {
        signature: "/(a: real, b: real): real",
        nulls: "propagate",
        lower: { duckdb: divide },
        fold: (a, b) => Number(a) / Number(b),
      },
      { signature: "/(a: decimal, b: decimal): decimal", lower: { duckdb: decimals("goshawk_decimal_over") } },
      {
        signature: "/(a: timespan, b: timespan): real",
        nulls: "propagate",
        lower: { duckdb: ratio },
        fold: (a, b) => Number(a) / Number(b),
      },
      { signature: "/(a: datetime, b: timespan): real", nulls: "propagate", lower: { duckdb: ratio } },
      {
        signature: "/(a: timespan, b: long): timespan",
        lower: { duckdb: (a, b) => attempt(quotient(a, b)) },
        fold: (a, b) => (BigInt(b) === 0n ? null : inLong(BigInt(a) / BigInt(b))),
      },
      {
        signature: "/(a: timespan, b: real): timespan",
        lower: { duckdb: spanOver },
        fold: (a, b) => cut(Number(a) / Number(b)),
      },
      bothDynamic("/"),
    ],
    examples: [
      ["-7 / 2", "-3", "cut toward zero"],
      ["1 / 0", "long(null)", "by zero"],
      ["1d / 1h", "24.0", "how many hours a day has"],
    ],
  }),
  scalarFunction({
    name: "%",
    summary: "Remainder, never negative.",
    overloads: [
      {
        signature: "%(a: long, b: long): long",
        lower: { duckdb: modulo },
        fold: (a, b) => moduloValue(BigInt(a), BigInt(b)),
      },
      { signature: "%(a: real, b: real): real", lower: { duckdb: realModulo } },
      { signature: "%(a: decimal, b: decimal): decimal", lower: { duckdb: decimals("goshawk_decimal_modulo") } },
      {
        signature: "%(a: timespan, b: timespan): timespan",
        lower: { duckdb: modulo },
        fold: (a, b) => moduloValue(BigInt(a), BigInt(b)),
      },
      { signature: "%(a: datetime, b: timespan): timespan", lower: { duckdb: modulo } },
      bothDynamic("%"),
    ],
    examples: [
      ["-10 % 4", "2", "never negative"],
      ["10 % -4", "2", "never negative"],
      ["1d % 5h", "time(4h)"],
    ],
  }),
  scalarFunction({
    name: "unary -",
    summary: "The negative; a long wraps around.",
    overloads: [
      {
        signature: "-(a: long): long",
        nulls: "propagate",
        lower: { duckdb: (a) => subtractLong(number(0), a) },
        fold: (a) => wrapped(-BigInt(a)),
      },
      { signature: "-(a: real): real", nulls: "propagate", lower: { duckdb: negate }, fold: (a) => -Number(a) },
      { signature: "-(a: decimal): decimal", nulls: "propagate", lower: { duckdb: negate } },
      {
        signature: "-(a: timespan): timespan",
        lower: { duckdb: (a) => attempt(negate(a)) },
        fold: (a) => inLong(-BigInt(a)),
      },
    ],
  }),
];
