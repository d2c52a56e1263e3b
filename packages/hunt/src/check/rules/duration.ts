import { parseTimespan } from "@goshawk/kql";

const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;
const SECOND = 10_000_000n;

/** A duration of a rule, ISO 8601 or short, in ticks of 100 ns; undefined where it is neither. */
export function durationTicks(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const match = iso.exec(text.trim());
  if (match === null) return parseTimespan(text.trim().toLowerCase().replace(" ", ""));
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => BigInt(part ?? 0));
  const w = weeks ?? 0n;
  return (
    (((w * 7n + (days ?? 0n)) * 24n + (hours ?? 0n)) * 60n + (minutes ?? 0n)) * 60n * SECOND + (seconds ?? 0n) * SECOND
  );
}

/** "14d", "1h", "90m": the largest unit that leaves no rest. */
export function durationText(ticks: bigint): string {
  for (const [unit, size] of units) if (ticks >= size && ticks % size === 0n) return `${ticks / size}${unit}`;
  return `${ticks / SECOND}s`;
}

const units: readonly (readonly [string, bigint])[] = [
  ["d", 86_400n * SECOND],
  ["h", 3_600n * SECOND],
  ["m", 60n * SECOND],
];

export const MINUTE: bigint = 60n * SECOND;
export const HOUR: bigint = 60n * MINUTE;
export const DAY: bigint = 24n * HOUR;
