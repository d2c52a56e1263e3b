/** Ticks of 100 ns in the units that Kusto names. */
export const ticksPer = {
  microsecond: 10n,
  millisecond: 10_000n,
  second: 10_000_000n,
  minute: 600_000_000n,
  hour: 36_000_000_000n,
  day: 864_000_000_000n,
} as const;

/** Days from 0001-01-01 to 1970-01-01. */
const EPOCH_DAYS = 719_162;
/** `datetime(1970-01-01)` in ticks. */
export const UNIX_EPOCH_TICKS: bigint = BigInt(EPOCH_DAYS) * ticksPer.day;
/** `datetime(9999-12-31 23:59:59.9999999)`, the greatest datetime. */
export const MAX_DATETIME_TICKS = 3_155_378_975_999_999_999n;

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 0001-01-01 of a proleptic Gregorian date, or undefined where there is no such day. */
export function daysOf(date: CivilDate): number | undefined {
  if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12) return undefined;
  if (date.day < 1 || date.day > daysInMonth(date.year, date.month)) return undefined;
  return Math.round(utcDays(date.year, date.month, date.day));
}

function utcDays(year: number, month: number, day: number): number {
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  return time.getTime() / 86_400_000 + EPOCH_DAYS;
}

export function daysInMonth(year: number, month: number): number {
  const lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return lengths[month - 1] ?? 0;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The date of a day number. */
export function dateOf(days: number): CivilDate {
  const time = new Date((days - EPOCH_DAYS) * 86_400_000);
  return { year: time.getUTCFullYear(), month: time.getUTCMonth() + 1, day: time.getUTCDate() };
}
