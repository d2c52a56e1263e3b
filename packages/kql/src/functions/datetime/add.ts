import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  call,
  choose,
  constantText,
  multiply,
  nothing,
  number,
  once,
  quotient,
  remainder,
  subtract,
} from "../../sql/build.ts";
import { MAX_DATETIME_TICKS, ticksPer } from "../../values/calendar.ts";
import { addMonths, inRange as valueInRange } from "../../values/periods.ts";
import { type Unit, unitNamed, unitNames } from "../../values/units.ts";
import { type Check, type ScalarFunction, scalarFunction } from "../define.ts";
import { between, dateOf, dateOfMonth, dayNumber, inRange, monthIndex, ticksOfDays } from "./sql.ts";

/** The part must be a constant: Kusto takes nothing else. */
const knownUnit: Check = (name) => {
  if (name === undefined) return { argument: "a part that varies by row", reason: "the part must be a literal" };
  return unitNamed(String(name)) === undefined
    ? { argument: `the part '${name}'`, reason: `the parts are ${unitNames.join(", ")}` }
    : undefined;
};

function byUnit(name: SqlExpr, of: (unit: Unit) => SqlExpr): SqlExpr {
  const unit = unitNamed(constantText(name) ?? "");
  return unit === undefined ? nothing("BIGINT") : of(unit);
}

const limit = (amount: SqlExpr, most: bigint): SqlExpr =>
  call("least", call("greatest", amount, number(-most)), number(most));

function plus(unit: Unit, amount: SqlExpr, date: SqlExpr): SqlExpr {
  if ("months" in unit) return plusMonths(date, multiply(limit(amount, 200_000n), number(unit.months)));
  if ("perTick" in unit)
    return inRange(add(date, limit(quotient(amount, number(unit.perTick)), MAX_DATETIME_TICKS + 1n)));
  // What is beyond the limit leaves the range of datetime all the same.
  return inRange(
    add(date, multiply(limit(amount, (MAX_DATETIME_TICKS + unit.ticks) / unit.ticks), number(unit.ticks))),
  );
}

function plusMonths(date: SqlExpr, months: SqlExpr): SqlExpr {
  return once(date, (at) =>
    once(add(monthIndex(at), months), (index) =>
      choose(
        between(index, 12n, 119_999n),
        add(
          ticksOfDays(
            once(dateOfMonth(call("greatest", index, number(12)), number(1)), (first) =>
              add(
                dayNumberOf(first),
                subtract(call("least", call("day", dateOf(at)), call("day", call("last_day", first))), number(1)),
              ),
            ),
          ),
          remainder(at, number(ticksPer.day)),
        ),
        nothing("BIGINT"),
      ),
    ),
  );
}

const dayNumberOf = (date: SqlExpr): SqlExpr => subtract(date, dateOf(number(0)));

function difference(unit: Unit, a: SqlExpr, b: SqlExpr): SqlExpr {
  if ("months" in unit)
    return subtract(quotient(monthIndex(a), number(unit.months)), quotient(monthIndex(b), number(unit.months)));
  if ("perTick" in unit) return multiply(subtract(a, b), number(unit.perTick));
  if (unit.ticks === 7n * ticksPer.day) return subtract(weekNumber(a), weekNumber(b));
  return subtract(quotient(a, number(unit.ticks)), quotient(b, number(unit.ticks)));
}

/** Weeks begin on Sunday, and 0001-01-01 is a Monday. */
const weekNumber = (date: SqlExpr): SqlExpr => quotient(add(dayNumber(date), number(1)), number(7));

function folded(name: string, amount: bigint, date: bigint): bigint | null | undefined {
  const unit = unitNamed(name);
  if (unit === undefined) return undefined;
  if ("months" in unit) return addMonths(date, amount * unit.months) ?? null;
  const ticks = "perTick" in unit ? amount / unit.perTick : amount * unit.ticks;
  return valueInRange(date + ticks) ?? null;
}

export const unitArithmetic: readonly ScalarFunction[] = [
  scalarFunction({
    name: "datetime_add",
    summary: "A datetime moved by so many of a unit; months and years keep the day, or take the month's last.",
    signature: "datetime_add(part: string, amount: long, date: datetime): datetime",
    lower: { duckdb: (name, amount, date) => byUnit(name, (unit) => plus(unit, amount, date)) },
    fold: (name, amount, date) => folded(String(name), BigInt(amount), BigInt(date)),
    check: knownUnit,
    examples: [
      ["datetime_add('month', 1, datetime(2020-01-31))", "datetime(2020-02-29)", "the month's last day"],
      ["datetime_add('year', 1, datetime(2020-02-29))", "datetime(2021-02-28)", "from a leap day"],
      ["datetime_add('quarter', -5, datetime(2020-05-31))", "datetime(2019-02-28)"],
    ],
  }),
  scalarFunction({
    name: "datetime_diff",
    summary: "How many borders of a unit lie between two datetimes, negative when the first is earlier.",
    signature: "datetime_diff(part: string, later: datetime, earlier: datetime): long",
    nulls: "possible",
    lower: { duckdb: (name, a, b) => byUnit(name, (unit) => difference(unit, a, b)) },
    check: knownUnit,
    examples: [
      ["datetime_diff('month', datetime(2020-03-01), datetime(2020-02-28))", "1", "borders, not whole months"],
      ["datetime_diff('day', datetime(2020-01-01 23:00), datetime(2020-01-01 01:00))", "0"],
      ["datetime_diff('second', datetime(2020-01-01 00:00:01.9999999), datetime(2020-01-01 00:00:00.0000001))", "1"],
    ],
  }),
  scalarFunction({
    name: "datetime_diff in weeks",
    summary: "How many Sundays lie between two datetimes, as a real.",
    signature: "datetime_diff(later: datetime, earlier: datetime): real",
    nulls: "propagate",
    lower: {
      duckdb: (a, b) => ({ kind: "cast", arg: subtract(weekNumber(a), weekNumber(b)), type: "DOUBLE", lenient: false }),
    },
  }),
];
