const timespanForm = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/;
const isoForm = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(?:Z|UTC)?$/;
const monthFirstForm =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? +(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(?: ?([AP]M))?)?$/i;

/** Ticks of 100 ns in `[-][d.]hh:mm[:ss[.fffffff]]`; undefined where the text is no timespan. */
export function timespanTicks(text: string): bigint | undefined {
  const match = timespanForm.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, days, hours, minutes, seconds, fraction] = match;
  const ticks = joinTicks(BigInt(days ?? 0), hours, minutes, seconds, fraction);
  return sign === undefined ? ticks : -ticks;
}

/** Ticks of 100 ns since 1970 UTC of an ISO or month-first date; undefined where the text is no datetime. */
export function datetimeTicks(text: string): bigint | undefined {
  const trimmed = text.trim();
  const iso = isoForm.exec(trimmed);
  if (iso !== null) {
    const [, year, month, day, hours, minutes, seconds, fraction] = iso;
    return dateTicks(year, month, day, hours, minutes, seconds, fraction);
  }
  const monthFirst = monthFirstForm.exec(trimmed);
  if (monthFirst === null) return undefined;
  const [, month, day, year, hours, minutes, seconds, fraction, half] = monthFirst;
  return dateTicks(year, month, day, hourOfDay(hours, half), minutes, seconds, fraction);
}

type Part = string | undefined;

function hourOfDay(hours: Part, half: Part): Part {
  if (half === undefined || hours === undefined) return hours;
  return String((Number(hours) % 12) + (half.toUpperCase() === "PM" ? 12 : 0));
}

function dateTicks(year: Part, month: Part, day: Part, ...time: [Part, Part, Part, Part]): bigint | undefined {
  const days = daysSince1970(Number(year), Number(month), Number(day));
  return days === undefined ? undefined : joinTicks(days, ...time);
}

function daysSince1970(year: number, month: number, day: number): bigint | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? BigInt(Math.round(date.getTime() / 86_400_000)) : undefined;
}

function joinTicks(days: bigint, hours: Part, minutes: Part, seconds: Part, fraction: Part): bigint {
  const wholeSeconds = ((days * 24n + BigInt(hours ?? 0)) * 60n + BigInt(minutes ?? 0)) * 60n + BigInt(seconds ?? 0);
  return wholeSeconds * 10_000_000n + BigInt((fraction ?? "").slice(0, 7).padEnd(7, "0"));
}
