import { dateOf, daysInMonth, daysOf, MAX_DATETIME_TICKS, ticksPer } from "./calendar.ts";

/** The periods of a calendar that Kusto names. */
export type Period = "day" | "week" | "month" | "year";

/** The datetime, or undefined where it leaves the range of the type. */
export function inRange(ticks: bigint): bigint | undefined {
  return ticks < 0n || ticks > MAX_DATETIME_TICKS ? undefined : ticks;
}

/** The first tick of the period around `ticks`, moved by `offset` periods; undefined where it leaves the range. */
export function startOf(period: Period, ticks: bigint, offset: bigint): bigint | undefined {
  const first = firstTick(period, ticks, offset);
  return first === undefined ? undefined : inRange(first);
}

/** The last tick of the period around `ticks`, moved by `offset` periods; undefined where it leaves the range. */
export function endOf(period: Period, ticks: bigint, offset: bigint): bigint | undefined {
  const next = firstTick(period, ticks, offset + 1n);
  return next === undefined ? undefined : inRange(next - 1n);
}

function firstTick(period: Period, ticks: bigint, offset: bigint): bigint | undefined {
  const days = ticks / ticksPer.day;
  switch (period) {
    case "day":
      return (days + offset) * ticksPer.day;
    case "week":
      return (days - ((days + 1n) % 7n) + offset * 7n) * ticksPer.day;
    case "month":
      return firstOfMonth(monthIndex(ticks) + offset);
    case "year":
      return firstOfMonth((monthIndex(ticks) / 12n + offset) * 12n);
  }
}

/** Months since year 0. */
function monthIndex(ticks: bigint): bigint {
  const { year, month } = dateOf(Number(ticks / ticksPer.day));
  return BigInt(year * 12 + month - 1);
}

const NEXT_AFTER_ALL = 120_000n;

function firstOfMonth(index: bigint): bigint | undefined {
  if (index === NEXT_AFTER_ALL) return MAX_DATETIME_TICKS + 1n;
  if (index < 12n || index > NEXT_AFTER_ALL) return undefined;
  const days = daysOf({ year: Number(index / 12n), month: Number(index % 12n) + 1, day: 1 });
  return days === undefined ? undefined : BigInt(days) * ticksPer.day;
}

/** `ticks` moved by months; a day that the month does not have becomes its last. */
export function addMonths(ticks: bigint, months: bigint): bigint | undefined {
  const index = monthIndex(ticks) + months;
  const first = firstOfMonth(index);
  if (first === undefined || index === NEXT_AFTER_ALL) return undefined;
  const { day } = dateOf(Number(ticks / ticksPer.day));
  const last = daysInMonth(Number(index / 12n), Number(index % 12n) + 1);
  return first + BigInt(Math.min(day, last) - 1) * ticksPer.day + (ticks % ticksPer.day);
}
