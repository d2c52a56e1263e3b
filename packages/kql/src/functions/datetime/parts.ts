import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  choose,
  constantText,
  less,
  multiply,
  nothing,
  number,
  once,
  quotient,
  remainder,
} from "../../sql/build.ts";
import { MAX_DATETIME_TICKS, ticksPer } from "../../values/calendar.ts";
import { type Check, type Example, type ScalarFunction, scalarFunction } from "../define.ts";
import { datePart, dayNumber, ticksOfDays } from "./sql.ts";

/** How many of `unit` have passed since the last whole `of`. */
const within = (unit: bigint, of: bigint) => (ticks: SqlExpr) => quotient(remainder(ticks, number(of)), number(unit));

/** The parts of `datetime_part`, by their names in small letters. */
const parts: Readonly<Record<string, (ticks: SqlExpr) => SqlExpr>> = {
  year: (ticks) => datePart("year", ticks),
  quarter: (ticks) => datePart("quarter", ticks),
  month: (ticks) => datePart("month", ticks),
  week_of_year: (ticks) => datePart("weekofyear", ticks),
  day: (ticks) => datePart("day", ticks),
  dayofyear: (ticks) => datePart("dayofyear", ticks),
  hour: within(ticksPer.hour, ticksPer.day),
  minute: within(ticksPer.minute, ticksPer.hour),
  second: within(ticksPer.second, ticksPer.minute),
  millisecond: within(ticksPer.millisecond, ticksPer.second),
  microsecond: within(ticksPer.microsecond, ticksPer.second),
  nanosecond: (ticks) => multiply(remainder(ticks, number(ticksPer.second)), number(100)),
};

const part = (name: SqlExpr, ticks: SqlExpr): SqlExpr =>
  parts[constantText(name)?.toLowerCase() ?? ""]?.(ticks) ?? nothing("BIGINT");

/** The part must be a constant: Kusto takes nothing else. */
const knownPart: Check = (name) => {
  if (name === undefined) return { argument: "a part that varies by row", reason: "the part must be a literal" };
  return Object.hasOwn(parts, String(name).toLowerCase())
    ? undefined
    : { argument: `the part '${name}'`, reason: `the parts are ${Object.keys(parts).join(", ")}` };
};

const row = (
  name: string,
  aliases: readonly string[],
  key: keyof typeof parts,
  summary: string,
  examples: readonly Example[],
): ScalarFunction =>
  scalarFunction({
    name,
    aliases,
    summary,
    signature: `${name}(date: datetime): int`,
    nulls: "propagate",
    lower: { duckdb: (date) => parts[key]?.(date) ?? nothing("BIGINT") },
    examples,
  });

export const dateParts: readonly ScalarFunction[] = [
  row("getyear", [], "year", "The year.", [["getyear(datetime(2015-10-12))", "2015"]]),
  row("monthofyear", ["getmonth"], "month", "The month, 1 to 12.", [['monthofyear(datetime("2015-12-14"))', "12"]]),
  row("week_of_year", ["weekofyear"], "week_of_year", "The ISO 8601 week.", [
    ["week_of_year(datetime(2016-01-01))", "53", "a week belongs to the year that holds its Thursday"],
  ]),
  row("dayofmonth", [], "day", "The day of the month.", [["dayofmonth(datetime(2015-12-14))", "14"]]),
  row("dayofyear", [], "dayofyear", "The day of the year, 1 to 366.", [["dayofyear(datetime(2020-12-31))", "366"]]),
  row("hourofday", [], "hour", "The hour, 0 to 23.", [["hourofday(datetime(2020-06-15 23:59:59.9999999))", "23"]]),
  scalarFunction({
    name: "dayofweek",
    summary: "Whole days since the last Sunday; null on the last day there is, whose next day can't be reckoned.",
    signature: "dayofweek(date: datetime): timespan",
    lower: {
      duckdb: (date) =>
        once(date, (at) =>
          choose(
            less(at, number(MAX_DATETIME_TICKS + 1n - ticksPer.day)),
            ticksOfDays(remainder(add(dayNumber(at), number(1)), number(7))),
            nothing("BIGINT"),
          ),
        ),
    },
    examples: [
      ["dayofweek(datetime(1947-11-30 10:00:05))", "time(0d)", "a Sunday"],
      ["dayofweek(datetime(1970-05-11))", "time(1d)", "a Monday"],
    ],
  }),
  scalarFunction({
    name: "datetime_part",
    aliases: ["datepart"],
    summary: "A part of a datetime by its name, letter case aside.",
    signature: "datetime_part(part: string, date: datetime): int",
    lower: { duckdb: part },
    check: knownPart,
    examples: [
      ['datetime_part("week_of_year", datetime(2017-10-30 01:02:03.7654321))', "44"],
      ['datetime_part("nanosecond", datetime(2017-10-30 01:02:03.7654321))', "765432100", "of the second"],
    ],
  }),
];
