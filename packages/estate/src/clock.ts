export const ticksPerSecond = 10_000_000;
export const ticksPerHour: number = 3600 * ticksPerSecond;
export const ticksPerDay: number = 24 * ticksPerHour;
const msPerDay = 86_400_000;
const ticksAtUnixEpoch = 621_355_968_000_000_000n;

/**
 * The time that an estate covers, in ticks of 100 ns after `originMs`, the UTC midnight that begins the first day.
 * Ticks since 1970 would not fit a double exactly; these do.
 */
export interface Span {
  readonly originMs: number;
  readonly start: number;
  readonly end: number;
}

export function spanEndingAt(end: string, days: number): Span {
  const endMs = Date.parse(end);
  const startMs = endMs - days * msPerDay;
  const originMs = Math.floor(startMs / msPerDay) * msPerDay;
  return { originMs, start: (startMs - originMs) * 10_000, end: (endMs - originMs) * 10_000 };
}

export function dayOf(tick: number): number {
  return Math.floor(tick / ticksPerDay);
}

/** `2026-10-16`, for a day counted from the span's origin. */
export function dateText(span: Span, day: number): string {
  const ms = span.originMs + day * msPerDay;
  const known = dates.get(ms);
  if (known !== undefined) return known;
  const text = new Date(ms).toISOString().slice(0, 10);
  dates.set(ms, text);
  return text;
}

const dates = new Map<number, string>();

/** `2026-10-16T09:05:08.1234567Z`. */
export function timeText(span: Span, tick: number): string {
  const day = dayOf(tick);
  const second = Math.floor((tick - day * ticksPerDay) / ticksPerSecond);
  const ticks = tick - day * ticksPerDay - second * ticksPerSecond;
  const two = (value: number): string => String(value).padStart(2, "0");
  const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  return `${dateText(span, day)}T${clock}.${String(ticks).padStart(7, "0")}Z`;
}

/** Ticks since the year 1, as services of the .NET family count time; beyond 2^53, hence a bigint. */
export function dotNetTicks(span: Span, tick: number): bigint {
  return ticksAtUnixEpoch + BigInt(span.originMs) * 10_000n + BigInt(tick);
}

/** Seconds counted from the origin, the finest that a portal export keeps. */
export function wholeSecond(tick: number): number {
  return Math.floor(tick / ticksPerSecond) * ticksPerSecond;
}
