import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  attempt,
  call,
  cast,
  choose,
  constantNumber,
  divide,
  less,
  multiply,
  nothing,
  number,
  once,
  real,
  remainder,
  subtract,
  tryCast,
} from "../../sql/build.ts";
import { inRange as valueInRange } from "../../values/periods.ts";
import { type OverloadRow, type RefusedFunction, type ScalarFunction, scalarFunction } from "../define.ts";
import { inRange } from "./sql.ts";

/** `of(size)` where the size is positive; null otherwise. */
function positive(size: SqlExpr, type: "BIGINT" | "DOUBLE", of: SqlExpr): SqlExpr {
  const constant = constantNumber(size);
  if (constant !== undefined) return constant > 0 ? of : nothing(type);
  return choose(less(type === "BIGINT" ? number(0) : real(0), size), of, nothing(type));
}

/** The greatest multiple of `size` not above `of`; null where size is not positive or the multiple is out of range. */
function floorLong(of: SqlExpr, size: SqlExpr): SqlExpr {
  return once(of, (x) =>
    once(size, (step) =>
      positive(
        step,
        "BIGINT",
        once(attempt(remainder(x, step)), (rest) =>
          attempt(subtract(x, add(rest, choose(less(rest, number(0)), step, number(0))))),
        ),
      ),
    ),
  );
}

/** A datetime is never negative. */
const floorDatetime = (of: SqlExpr, size: SqlExpr): SqlExpr =>
  once(of, (x) => once(size, (step) => positive(step, "BIGINT", subtract(x, remainder(x, step)))));

const floorReal = (of: SqlExpr, size: SqlExpr): SqlExpr =>
  once(size, (step) => positive(step, "DOUBLE", multiply(call("floor", divide(of, step)), step)));

const decimals = (of: SqlExpr, size: SqlExpr): SqlExpr =>
  call("goshawk_decimal_bin", cast(of, "VARCHAR"), cast(size, "VARCHAR"));

function floorValue(value: bigint, size: bigint): bigint | null {
  return size <= 0n ? null : value - (((value % size) + size) % size);
}

const asLong = (value: bigint | null): bigint | null =>
  value === null || BigInt.asIntN(64, value) !== value ? null : value;

const bins: readonly OverloadRow[] = [
  {
    signature: "bin(value: long, size: long): long",
    lower: { duckdb: floorLong },
    fold: (value, size) => asLong(floorValue(BigInt(value), BigInt(size))),
  },
  {
    signature: "bin(value: real, size: real): real",
    lower: { duckdb: floorReal },
    fold: (value, size) => (Number(size) <= 0 ? null : Math.floor(Number(value) / Number(size)) * Number(size)),
  },
  {
    signature: "bin(value: decimal, size: decimal): decimal",
    lower: { duckdb: (of, size) => tryCast(decimals(of, size), "DECIMAL") },
  },
  {
    signature: "bin(value: datetime, size: timespan): datetime",
    lower: { duckdb: floorDatetime },
    fold: (value, size) => floorValue(BigInt(value), BigInt(size)),
  },
  {
    signature: "bin(value: timespan, size: timespan): timespan",
    lower: { duckdb: floorLong },
    fold: (value, size) => asLong(floorValue(BigInt(value), BigInt(size))),
  },
];

/** Bins counted from `origin` rather than from zero. */
const anchored =
  (floor: (of: SqlExpr, size: SqlExpr) => SqlExpr) =>
  (value: SqlExpr, size: SqlExpr, origin: SqlExpr): SqlExpr =>
    once(origin, (from) => add(floor(subtract(value, from), size), from));

/** In 128 bits, since what lies between may need them though the bin does not. */
const anchoredLong = (value: SqlExpr, size: SqlExpr, origin: SqlExpr): SqlExpr =>
  once(origin, (from) =>
    once(size, (step) =>
      once(subtract(cast(value, "HUGEINT"), from), (x) =>
        once(remainder(x, step), (rest) =>
          positive(
            step,
            "BIGINT",
            tryCast(add(subtract(x, add(rest, choose(less(rest, number(0)), step, number(0)))), from), "BIGINT"),
          ),
        ),
      ),
    ),
  );

const anchoredValue = (value: bigint, size: bigint, origin: bigint): bigint | null => {
  const floor = floorValue(value - origin, size);
  return floor === null ? null : floor + origin;
};

export const binning: readonly (ScalarFunction | RefusedFunction)[] = [
  scalarFunction({
    name: "bin",
    aliases: ["floor"],
    summary: "A value rounded down to a multiple of a size, counted from zero or from 0001-01-01.",
    overloads: bins,
    examples: [
      ["bin(-5, 2)", "-6", "floor, not cut"],
      ["bin(4.5, 1)", "4.0"],
      ["bin(datetime(1955-11-05), 7d)", "datetime(1955-10-31)", "weeks are counted from 0001-01-01, a Monday"],
      ["bin(datetime(2020-10-25 02:30), -1h)", "datetime(null)", "a size below zero"],
    ],
  }),
  scalarFunction({
    name: "bin_at",
    summary: "A value rounded down to a bin of a size, where one bin begins at a given value.",
    overloads: [
      { signature: "bin_at(value: long, size: long, origin: long): long", lower: { duckdb: anchoredLong } },
      { signature: "bin_at(value: real, size: real, origin: real): real", lower: { duckdb: anchored(floorReal) } },
      {
        signature: "bin_at(value: datetime, size: timespan, origin: datetime): datetime",
        lower: { duckdb: (value, size, origin) => inRange(anchoredLong(value, size, origin)) },
        fold: (value, size, origin) => {
          const found = anchoredValue(BigInt(value), BigInt(size), BigInt(origin));
          return found === null ? null : (valueInRange(found) ?? null);
        },
      },
      {
        signature: "bin_at(value: timespan, size: timespan, origin: timespan): timespan",
        lower: { duckdb: anchoredLong },
        fold: (value, size, origin) => asLong(anchoredValue(BigInt(value), BigInt(size), BigInt(origin))),
      },
    ],
    examples: [
      ["bin_at(6.5, 2.5, 7)", "4.5"],
      ["bin_at(time(1h), 1d, 12h)", "time(-12h)"],
      ["bin_at(datetime(2017-05-17 10:20), 7d, datetime(2017-06-04))", "datetime(2017-05-14)", "weeks from a Sunday"],
    ],
  }),
];
