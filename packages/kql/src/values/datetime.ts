import { dateOf, daysOf, MAX_DATETIME_TICKS, ticksPer } from "./calendar.ts";

/** Kusto's text of a datetime: `2020-01-31T23:59:59.1234567Z`. */
export function formatDatetime(ticks: bigint): string {
  const { year, month, day } = dateOf(Number(ticks / ticksPer.day));
  const clock = ticks % ticksPer.day;
  const two = (of: number | bigint): string => String(of).padStart(2, "0");
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  const time = [clock / ticksPer.hour, (clock / ticksPer.minute) % 60n, (clock / ticksPer.second) % 60n].map(two);
  return `${date}T${time.join(":")}.${String(clock % ticksPer.second).padStart(7, "0")}Z`;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const clock = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([AP]M)?)?\s*(Z|UTC|GMT|[-+]\d{2}:?\d{2})?`;
const weekday = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?`;
const separated = (order: string): RegExp => new RegExp(`^${order}${clock}$`, "i");

/** Which group of a pattern holds the year, the month and the day. */
interface Pattern {
  readonly test: RegExp;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

// Month first where digits alone can't tell: `12-02-2022` is 2 December.
const patterns: readonly Pattern[] = [
  { test: separated(String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})`), year: 1, month: 2, day: 3 },
  { test: separated(String.raw`(\d{4})(\d{2})(\d{2})`), year: 1, month: 2, day: 3 },
  { test: separated(String.raw`(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})`), year: 3, month: 1, day: 2 },
  { test: separated(String.raw`${weekday}(\d{1,2})[ -]([a-z]{3,9})[ -](\d{4})`), year: 3, month: 2, day: 1 },
  { test: separated(String.raw`${weekday}([a-z]{3,9})\s+(\d{1,2}),?\s+(\d{4})`), year: 3, month: 1, day: 2 },
  { test: separated(String.raw`(\d{4})[-/](\d{1,2})()`), year: 1, month: 2, day: 3 },
  { test: separated(String.raw`(\d{4})()()`), year: 1, month: 2, day: 3 },
];

/** Ticks of a datetime text as `datetime()` literals and `todatetime()` read it; undefined where it isn't one. */
export function parseDatetime(text: string): bigint | undefined {
  const trimmed = text
    .trim()
    .replace(/^(['"])(.*)\1$/, "$2")
    .trim();
  for (const pattern of patterns) {
    const match = pattern.test.exec(trimmed);
    if (match !== null) return fromMatch(match, pattern);
  }
  return undefined;
}

function fromMatch(match: RegExpExecArray, pattern: Pattern): bigint | undefined {
  const days = daysOf({
    year: Number(match[pattern.year]),
    month: monthOf(match[pattern.month] ?? ""),
    day: match[pattern.day] === "" ? 1 : Number(match[pattern.day]),
  });
  const time = clockTicks(match[4], match[5], match[6], match[7], match[8]);
  if (days === undefined || time === undefined) return undefined;
  const ticks = BigInt(days) * ticksPer.day + time - offsetTicks(match[9]);
  return ticks < 0n || ticks > MAX_DATETIME_TICKS ? undefined : ticks;
}

function monthOf(text: string): number {
  if (text === "") return 1;
  if (/^\d+$/.test(text)) return Number(text);
  return months.indexOf(text.slice(0, 3).toLowerCase()) + 1;
}

function clockTicks(hours = "0", minutes = "0", seconds = "0", fraction = "", half?: string): bigint | undefined {
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return (
    BigInt(hour) * ticksPer.hour +
    BigInt(minutes) * ticksPer.minute +
    BigInt(seconds) * ticksPer.second +
    BigInt(fraction.slice(0, 7).padEnd(7, "0"))
  );
}

function offsetTicks(zone: string | undefined): bigint {
  const match = /^([-+])(\d{2}):?(\d{2})$/.exec(zone ?? "");
  if (match === null) return 0n;
  const size = BigInt(match[2] ?? "0") * ticksPer.hour + BigInt(match[3] ?? "0") * ticksPer.minute;
  return match[1] === "-" ? -size : size;
}
