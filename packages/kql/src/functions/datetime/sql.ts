import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  and,
  call,
  cast,
  choose,
  constantNumber,
  greaterOrEqual,
  lessOrEqual,
  multiply,
  nothing,
  number,
  once,
  quotient,
  subtract,
  text,
} from "../../sql/build.ts";
import { MAX_DATETIME_TICKS, ticksPer } from "../../values/calendar.ts";

const firstDay: SqlExpr = cast(text("0001-01-01"), "DATE");

/** Days since 0001-01-01. A datetime is never negative, so cutting is rounding down. */
export const dayNumber = (ticks: SqlExpr): SqlExpr => quotient(ticks, number(ticksPer.day));

export const ticksOfDays = (days: SqlExpr): SqlExpr => multiply(days, number(ticksPer.day));

/** The calendar date of a datetime. */
export const dateOf = (ticks: SqlExpr): SqlExpr => add(firstDay, cast(dayNumber(ticks), "INTEGER"));

/** A part of the date, as SQL names it: `year`, `month`, `day`, `dayofyear`, `weekofyear`, `quarter`. */
export const datePart = (part: string, ticks: SqlExpr): SqlExpr => call(part, dateOf(ticks));

/** Months since year 0. */
export const monthIndex = (ticks: SqlExpr): SqlExpr =>
  once(dateOf(ticks), (date) =>
    add(multiply(call("year", date), number(12)), subtract(call("month", date), number(1))),
  );

/** The ticks at which a month begins; null outside years 1 to 9999, but for the first month after them. */
export function firstOfMonth(index: SqlExpr): SqlExpr {
  return once(index, (month) =>
    choose(
      between(month, 12n, 120_000n),
      ticksOfDays(subtract(dateOfMonth(month, number(1)), firstDay)),
      nothing("BIGINT"),
    ),
  );
}

export const dateOfMonth = (index: SqlExpr, day: SqlExpr): SqlExpr =>
  call(
    "make_date",
    quotient(index, number(12)),
    add({ kind: "operation", operator: "%", args: [index, number(12)] }, number(1)),
    day,
  );

export const between = (x: SqlExpr, low: bigint, high: bigint): SqlExpr =>
  and(greaterOrEqual(x, number(low)), lessOrEqual(x, number(high)));

/** Ticks as a datetime; null where they leave its range. */
export const inRange = (ticks: SqlExpr): SqlExpr =>
  once(ticks, (x) => choose(between(x, 0n, MAX_DATETIME_TICKS), x, nothing("BIGINT")));

/** Held between ends beyond which no period of the calendar lies, so that no sum of it overflows. */
export function held(count: SqlExpr, most = 5_000_000): SqlExpr {
  const constant = constantNumber(count);
  if (constant !== undefined && Math.abs(constant) <= most) return count;
  return call("least", call("greatest", count, number(-most)), number(most));
}
