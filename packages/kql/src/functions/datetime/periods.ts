import type { SqlExpr } from "../../sql/ast.ts";
import { add, constantNumber, multiply, number, once, quotient, remainder, subtract } from "../../sql/build.ts";
import { ticksPer } from "../../values/calendar.ts";
import { endOf, type Period, startOf } from "../../values/periods.ts";
import { type Example, type ScalarFunction, scalarFunction } from "../define.ts";
import { dayNumber, firstOfMonth, held, inRange, monthIndex, ticksOfDays } from "./sql.ts";

/** More than there are, and few enough to count their ticks. */
const MOST_WEEKS = 900_000;

/** The first tick of the period; it may lie outside the range of datetime. */
function firstTick(period: Period, date: SqlExpr, offset: SqlExpr): SqlExpr {
  switch (period) {
    case "day":
      return ticksOfDays(add(dayNumber(date), held(offset)));
    case "week":
      return once(dayNumber(date), (days) =>
        ticksOfDays(
          add(
            subtract(days, remainder(add(days, number(1)), number(7))),
            multiply(held(offset, MOST_WEEKS), number(7)),
          ),
        ),
      );
    case "month":
      return firstOfMonth(add(monthIndex(date), held(offset)));
    case "year":
      return firstOfMonth(multiply(add(quotient(monthIndex(date), number(12)), held(offset)), number(12)));
  }
}

const isZero = (offset: SqlExpr): boolean => constantNumber(offset) === 0;

function start(period: Period, date: SqlExpr, offset: SqlExpr = number(0)): SqlExpr {
  if (period === "day" && isZero(offset)) return subtract(date, remainder(date, number(ticksPer.day)));
  return inRange(firstTick(period, date, offset));
}

function end(period: Period, date: SqlExpr, offset: SqlExpr = number(0)): SqlExpr {
  return inRange(subtract(firstTick(period, date, add(held(offset), number(1))), number(1)));
}

const startRow = (period: Period, summary: string, examples: readonly Example[]): ScalarFunction =>
  scalarFunction({
    name: `startof${period}`,
    summary,
    signature: `startof${period}(date: datetime, offset?: long): datetime`,
    lower: { duckdb: (date, offset) => start(period, date, offset) },
    fold: (date, offset = 0n) => startOf(period, BigInt(date), BigInt(offset)) ?? null,
    examples,
  });

const endRow = (period: Period, summary: string, examples: readonly Example[]): ScalarFunction =>
  scalarFunction({
    name: `endof${period}`,
    summary,
    signature: `endof${period}(date: datetime, offset?: long): datetime`,
    lower: { duckdb: (date, offset) => end(period, date, offset) },
    fold: (date, offset = 0n) => endOf(period, BigInt(date), BigInt(offset)) ?? null,
    examples,
  });

export const periods: readonly ScalarFunction[] = [
  startRow("day", "Midnight of the day, moved by `offset` days.", [
    ["startofday(datetime(2020-06-15 13:45:00.5), -3)", "datetime(2020-06-12)"],
    ["startofday(datetime(0001-01-02), -1)", "datetime(0001-01-01)", "the first day there is"],
  ]),
  startRow("week", "Midnight of the Sunday on or before the day, moved by `offset` weeks.", [
    ["startofweek(datetime(2017-01-01 10:10:17))", "datetime(2017-01-01)", "a Sunday begins its own week"],
    ["startofweek(datetime(2020-06-15 13:45:00), -2)", "datetime(2020-05-31)"],
  ]),
  startRow("month", "Midnight of the first of the month, moved by `offset` months.", [
    ["startofmonth(datetime(2020-06-15), -13)", "datetime(2019-05-01)", "over the end of a year"],
  ]),
  startRow("year", "Midnight of 1 January, moved by `offset` years.", [
    ["startofyear(datetime(2020-06-15), -5)", "datetime(2015-01-01)"],
  ]),
  endRow("day", "The last tick of the day, moved by `offset` days.", [
    ["endofday(datetime(2020-06-15 13:45:00), 2)", "datetime(2020-06-17 23:59:59.9999999)"],
  ]),
  endRow("week", "The last tick of the Saturday on or after the day, moved by `offset` weeks.", [
    ["endofweek(datetime(2017-01-01 10:10:17))", "datetime(2017-01-07 23:59:59.9999999)"],
  ]),
  endRow("month", "The last tick of the month, moved by `offset` months.", [
    ["endofmonth(datetime(2100-02-28))", "datetime(2100-02-28 23:59:59.9999999)", "2100 is no leap year"],
  ]),
  endRow("year", "The last tick of the year, moved by `offset` years.", [
    ["endofyear(datetime(9999-12-31))", "datetime(9999-12-31 23:59:59.9999999)", "the last tick there is"],
  ]),
];
