import { ticksPer } from "./calendar.ts";

/** Kusto's text of a timespan: `[-][d.]hh:mm:ss[.fffffff]`. */
export function formatTimespan(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / ticksPer.day;
  const two = (of: bigint): string => String(of).padStart(2, "0");
  const clock = [
    two((size / ticksPer.hour) % 24n),
    two((size / ticksPer.minute) % 60n),
    two((size / ticksPer.second) % 60n),
  ].join(":");
  const fraction = size % ticksPer.second;
  const tail = fraction === 0n ? "" : `.${String(fraction).padStart(7, "0")}`;
  return `${ticks < 0n ? "-" : ""}${days === 0n ? "" : `${days}.`}${clock}${tail}`;
}

const unitTicks: ReadonlyMap<string, bigint> = new Map(
  (
    [
      ["d day days", ticksPer.day],
      ["h hr hrs hour hours", ticksPer.hour],
      ["m min minute minutes", ticksPer.minute],
      ["s sec second seconds", ticksPer.second],
      ["ms milli millis millisec millisecond milliseconds", ticksPer.millisecond],
      ["micro micros microsec microsecond microseconds", ticksPer.microsecond],
      ["nano nanos nanosec nanosecond nanoseconds", 0n],
      ["tick ticks", 1n],
    ] as const
  ).flatMap(([names, ticks]) => names.split(" ").map((name) => [name, ticks] as const)),
);

/** Ticks of a timespan literal or of `totimespan()` text: `1d`, `2.5h`, `1.02:03:04.5`, `5` (days). */
export function parseTimespan(text: string): bigint | undefined {
  const trimmed = text.trim().replace(/^(['"])(.*)\1$/, "$2");
  return parseUnits(trimmed) ?? parseClock(trimmed);
}

function parseUnits(text: string): bigint | undefined {
  const match = /^([-+]?)(\d+)(?:\.(\d+))?\s*([a-z]+)$/i.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "0", fraction = "", unit = ""] = match;
  const ticks = unitTicks.get(unit.toLowerCase());
  if (ticks === undefined) return undefined;
  if (ticks === 0n) return signed(sign, BigInt(whole) / 100n);
  const scale = 10n ** BigInt(fraction.length);
  return signed(sign, (BigInt(whole + fraction) * ticks) / scale);
}

function parseClock(text: string): bigint | undefined {
  const match = /^([-+]?)(?:(\d+)[.:])?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/.exec(text);
  if (match === null) return parseDays(text);
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const ticks =
    BigInt(days) * ticksPer.day +
    BigInt(hours) * ticksPer.hour +
    BigInt(minutes) * ticksPer.minute +
    BigInt(seconds) * ticksPer.second +
    BigInt(fraction.padEnd(7, "0"));
  return signed(sign, ticks);
}

function parseDays(text: string): bigint | undefined {
  const match = /^([-+]?)(\d{1,8})$/.exec(text);
  return match === null ? undefined : signed(match[1], BigInt(match[2] ?? "0") * ticksPer.day);
}

function signed(sign: string | undefined, ticks: bigint): bigint {
  return sign === "-" ? -ticks : ticks;
}
