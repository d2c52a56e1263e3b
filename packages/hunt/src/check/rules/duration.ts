const SECOND = 10_000_000n;

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
