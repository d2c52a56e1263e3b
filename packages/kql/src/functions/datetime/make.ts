import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  and,
  call,
  cast,
  choose,
  greaterOrEqual,
  less,
  multiply,
  nothing,
  number,
  once,
  quotient,
  real,
  remainder,
  subtract,
  tryCast,
} from "../../sql/build.ts";
import { daysOf, MAX_DATETIME_TICKS, ticksPer, UNIX_EPOCH_TICKS } from "../../values/calendar.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { between, dateOf, dateOfMonth, inRange, ticksOfDays } from "./sql.ts";
import { datetimeFromText, timespanFromText } from "./text.ts";

const within = (x: SqlExpr, below: number): SqlExpr => and(greaterOrEqual(x, number(0)), less(x, number(below)));

/** Ticks of the clock's parts; null unless each has its place on a clock. */
function clock(hours: SqlExpr, minutes: SqlExpr, seconds: SqlExpr): SqlExpr {
  const ticks = add(
    add(multiply(hours, number(ticksPer.hour)), multiply(minutes, number(ticksPer.minute))),
    cast(call("trunc", multiply(seconds, real(Number(ticksPer.second)))), "BIGINT"),
  );
  return choose(and(within(hours, 24), within(minutes, 60), within(seconds, 60)), ticks, nothing("BIGINT"));
}

function date(year: SqlExpr, month: SqlExpr, day: SqlExpr): SqlExpr {
  // The date is named before the guard around it is asked, so it must exist for every number.
  const held = (of: SqlExpr, most: number): SqlExpr => call("least", call("greatest", of, number(1)), number(most));
  const index = add(multiply(held(year, 9999), number(12)), subtract(held(month, 12), number(1)));
  const first = dateOfMonth(index, number(1));
  const days = (of: SqlExpr): SqlExpr => subtract(of, dateOf(number(0)));
  return choose(
    and(between(year, 1n, 9999n), between(month, 1n, 12n)),
    once(first, (start) =>
      choose(
        and(greaterOrEqual(day, number(1)), greaterOrEqual(call("day", call("last_day", start)), day)),
        ticksOfDays(add(days(start), subtract(day, number(1)))),
        nothing("BIGINT"),
      ),
    ),
    nothing("BIGINT"),
  );
}

function clockValue(hours: bigint, minutes: bigint, seconds: number): bigint | null {
  const inside = hours >= 0n && hours < 24n && minutes >= 0n && minutes < 60n && seconds >= 0 && seconds < 60;
  return inside
    ? hours * ticksPer.hour + minutes * ticksPer.minute + BigInt(Math.trunc(seconds * Number(ticksPer.second)))
    : null;
}

function dateValue(year: bigint, month: bigint, day: bigint): bigint | null {
  const days = daysOf({ year: Number(year), month: Number(month), day: Number(day) });
  return days === undefined ? null : BigInt(days) * ticksPer.day;
}

function epoch(name: string, unit: bigint, example: string): ScalarFunction {
  const largest = MAX_DATETIME_TICKS / unit;
  return scalarFunction({
    name: `unixtime_${name}_todatetime`,
    summary: `The datetime so many ${name} after 1970-01-01; null outside the range of datetime.`,
    overloads: [
      {
        signature: `unixtime_${name}_todatetime(count: long): datetime`,
        lower: {
          duckdb: (count) => since(call("least", call("greatest", count, number(-largest)), number(largest)), unit),
        },
        fold: (count) => {
          const ticks = UNIX_EPOCH_TICKS + BigInt(count) * unit;
          return ticks < 0n || ticks > MAX_DATETIME_TICKS ? null : ticks;
        },
      },
      {
        signature: `unixtime_${name}_todatetime(count: real): datetime`,
        lower: {
          duckdb: (count) =>
            inRange(
              add(tryCast(call("trunc", multiply(count, real(Number(unit)))), "BIGINT"), number(UNIX_EPOCH_TICKS)),
            ),
        },
      },
    ],
    examples: [[`unixtime_${name}_todatetime(${example})`, "datetime(2019-01-01)"]],
  });
}

const since = (count: SqlExpr, unit: bigint): SqlExpr =>
  inRange(add(multiply(count, number(unit)), number(UNIX_EPOCH_TICKS)));

/** A tick is a hundred nanoseconds, so their count is divided. */
const nanoseconds: ScalarFunction = scalarFunction({
  name: "unixtime_nanoseconds_todatetime",
  summary: "The datetime so many nanoseconds after 1970-01-01, cut to whole ticks.",
  overloads: [
    {
      signature: "unixtime_nanoseconds_todatetime(count: long): datetime",
      lower: { duckdb: (count) => inRange(add(floorDivide(count, 100n), number(UNIX_EPOCH_TICKS))) },
      fold: (count) => {
        const nanos = BigInt(count);
        return UNIX_EPOCH_TICKS + (nanos - (((nanos % 100n) + 100n) % 100n)) / 100n;
      },
    },
    {
      signature: "unixtime_nanoseconds_todatetime(count: real): datetime",
      lower: {
        duckdb: (count) =>
          inRange(
            add(
              tryCast(call("floor", { kind: "operation", operator: "/", args: [count, real(100)] }), "BIGINT"),
              number(UNIX_EPOCH_TICKS),
            ),
          ),
      },
    },
  ],
  examples: [["unixtime_nanoseconds_todatetime(1546300800000000000)", "datetime(2019-01-01)"]],
});

/** Rounded down; the very least longs are held, so that nothing overflows. */
const floorDivide = (count: SqlExpr, by: bigint): SqlExpr =>
  once(call("greatest", count, number(-9_000_000_000_000_000_000n)), (x) => {
    const rest = remainder(add(remainder(x, number(by)), number(by)), number(by));
    return quotient(subtract(x, rest), number(by));
  });

export const making: readonly ScalarFunction[] = [
  scalarFunction({
    name: "make_datetime",
    summary: "A datetime of its parts, a part of a second cut to whole ticks; null where there is no such moment.",
    overloads: [
      {
        signature:
          "make_datetime(year: long, month: long, day: long, hour?: long, minute?: long, second?: real): datetime",
        lower: {
          duckdb: (year, month, day, hour = number(0), minute = number(0), second = real(0)) =>
            add(date(year ?? number(0), month ?? number(0), day ?? number(0)), clock(hour, minute, second)),
        },
        fold: (year = 0n, month = 0n, day = 0n, hour = 0n, minute = 0n, second = 0) => {
          const start = dateValue(BigInt(year), BigInt(month), BigInt(day));
          const time = clockValue(BigInt(hour), BigInt(minute), Number(second));
          return start === null || time === null ? null : start + time;
        },
      },
      { signature: "make_datetime(value: datetime): datetime", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "make_datetime(value: string): datetime", lower: { duckdb: datetimeFromText } },
    ],
    examples: [
      ["make_datetime(2017, 10, 01, 12, 11, 0.1234567)", "datetime(2017-10-01 12:11:00.1234567)"],
      ["make_datetime(2021, 2, 29)", "datetime(null)", "no such day"],
    ],
  }),
  scalarFunction({
    name: "make_timespan",
    summary: "A timespan of its parts; null unless hours are below 24, minutes and seconds below 60, none negative.",
    overloads: [
      {
        signature: "make_timespan(hours: long, minutes: long): timespan",
        lower: { duckdb: (hours, minutes) => clock(hours, minutes, real(0)) },
        fold: (hours, minutes) => clockValue(BigInt(hours), BigInt(minutes), 0),
      },
      {
        signature: "make_timespan(hours: long, minutes: long, seconds: real): timespan",
        lower: { duckdb: clock },
        fold: (hours, minutes, seconds) => clockValue(BigInt(hours), BigInt(minutes), Number(seconds)),
      },
      {
        signature: "make_timespan(days: long, hours: long, minutes: long, seconds: real): timespan",
        lower: {
          duckdb: (days, hours, minutes, seconds) =>
            choose(
              between(days, 0n, 10_675_198n),
              add(ticksOfDays(days), clock(hours, minutes, seconds)),
              nothing("BIGINT"),
            ),
        },
        fold: (days, hours, minutes, seconds) => {
          const time = clockValue(BigInt(hours), BigInt(minutes), Number(seconds));
          const inside = BigInt(days) >= 0n && BigInt(days) <= 10_675_198n;
          return time === null || !inside ? null : BigInt(days) * ticksPer.day + time;
        },
      },
      { signature: "make_timespan(value: timespan): timespan", nulls: "propagate", lower: { duckdb: (of) => of } },
      { signature: "make_timespan(value: string): timespan", lower: { duckdb: timespanFromText } },
    ],
    examples: [
      ["make_timespan(1, 12, 30, 55.123)", "time(1.12:30:55.1230000)"],
      ["make_timespan(25, 70)", "timespan(null)", "no such clock"],
    ],
  }),
  epoch("seconds", ticksPer.second, "1546300800"),
  epoch("milliseconds", ticksPer.millisecond, "1546300800000"),
  epoch("microseconds", ticksPer.microsecond, "1546300800000000"),
  nanoseconds,
];
