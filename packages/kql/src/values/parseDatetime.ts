import { daysOf, ticksPer } from "./calendar.ts";
import { inRange } from "./periods.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const fullMonths = "january february march april may june july august september october november december".split(" ");

const zone = String.raw`(?:\s*(Z|UTC|GMT|[-+]\d{1,2}(?::?\d{2})?))?`;
const clock = String.raw`(?:(?:\s*T\s*|\s*,\s*|\s+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?(?:\s*([AP]M))?${zone})?`;
const weekday = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?`;
const between = String.raw`\s*[-/.,]\s*`;
const pattern = (order: string): RegExp => new RegExp(String.raw`^${order}${clock}(?:Z|\s*(?:UTC|GMT))?$`, "i");

/** Which group of a pattern holds the year, the month and the day; the clock follows them. */
interface Pattern {
  readonly test: RegExp;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

// Month first where digits alone can't tell: `12-02-2022` is 2 December.
const patterns: readonly Pattern[] = [
  { test: pattern(String.raw`(\d{4})${between}(\d{1,2})${between}(\d{1,2})`), year: 1, month: 2, day: 3 },
  { test: pattern(String.raw`(\d{4})(\d{2})(\d{2})`), year: 1, month: 2, day: 3 },
  { test: pattern(String.raw`(\d{1,2})${between}(\d{1,2})${between}(\d{4})`), year: 3, month: 1, day: 2 },
  { test: pattern(String.raw`${weekday}(\d{1,2})[ -]([a-z]{3,9})[ -](\d{4}|\d{2})`), year: 3, month: 2, day: 1 },
  { test: pattern(String.raw`${weekday}([a-z]{3,9})\s+(\d{1,2}),?\s+(\d{4})`), year: 3, month: 1, day: 2 },
  { test: pattern(String.raw`(\d{4})[-/](\d{1,2})()`), year: 1, month: 2, day: 3 },
  { test: pattern(String.raw`(\d{4})()()`), year: 1, month: 2, day: 3 },
];

/** No datetime is written longer. */
const LONGEST = 128;

/** Ticks of a datetime text as `datetime()` literals and `todatetime()` read it; undefined where it isn't one. */
export function parseDatetime(text: string): bigint | undefined {
  const trimmed = text
    .trim()
    .replace(/^(['"])(.*)\1$/, "$2")
    .trim();
  if (trimmed.length > LONGEST) return undefined;
  for (const item of patterns) {
    const match = item.test.exec(trimmed);
    if (match !== null) return fromMatch(match, item);
  }
  return undefined;
}

function fromMatch(match: RegExpExecArray, item: Pattern): bigint | undefined {
  const days = daysOf({
    year: yearOf(match[item.year] ?? ""),
    month: monthOf(match[item.month] ?? ""),
    day: match[item.day] === "" ? 1 : Number(match[item.day]),
  });
  const time = clockTicks(match[4], match[5], match[6], match[7], match[8]);
  const offset = offsetTicks(match[9]);
  if (days === undefined || time === undefined || offset === undefined) return undefined;
  return inRange(BigInt(days) * ticksPer.day + time - offset);
}

/** Two digits are a year from 1969 to 2068. */
function yearOf(text: string): number {
  const year = Number(text);
  if (text.length !== 2) return year;
  return year < 69 ? 2000 + year : 1900 + year;
}

function monthOf(text: string): number {
  if (text === "") return 1;
  if (/^\d+$/.test(text)) return Number(text);
  const word = text.toLowerCase();
  const found = word.length === 3 ? months.indexOf(word) : fullMonths.indexOf(word);
  return found + 1;
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

function offsetTicks(name: string | undefined): bigint | undefined {
  const match = /^([-+])(\d{1,2}):?(\d{2})?$/.exec(name ?? "");
  if (match === null) return 0n;
  const [hours, minutes] = [BigInt(match[2] ?? "0"), BigInt(match[3] ?? "0")];
  if (hours > 23n || minutes > 59n) return undefined;
  const size = hours * ticksPer.hour + minutes * ticksPer.minute;
  return match[1] === "-" ? -size : size;
}
