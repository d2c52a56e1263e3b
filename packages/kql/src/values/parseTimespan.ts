import { ticksPer } from "./calendar.ts";

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

/** No timespan is written longer. */
const LONGEST = 64;

/** Ticks of a timespan literal or of `totimespan()` text: `1d`, `2.5h`, `1.02:03:04.5`, `5` (days). */
export function parseTimespan(text: string): bigint | undefined {
  const trimmed = text.trim().replace(/^(['"])(.*)\1$/, "$2");
  if (trimmed.length > LONGEST) return undefined;
  const ticks = parseUnits(trimmed) ?? parseClock(trimmed);
  return ticks === undefined || BigInt.asIntN(64, ticks) !== ticks ? undefined : ticks;
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

/** `[d.]hh:mm[:ss[.f]]`, or days before a third colon. */
const clock = /^([-+]?)(?:(\d+)\.|(\d+):(?=\d+:\d+:))?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

function parseClock(text: string): bigint | undefined {
  const match = clock.exec(text);
  if (match === null) return parseDays(text);
  const [, sign, dotted, coloned, hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  const days = dotted ?? coloned ?? "0";
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
