import { type Span, ticksPerDay, ticksPerHour } from "../clock.ts";
import type { Random } from "../random.ts";

/** How far back a hunter's rule looks, in days. */
export const lookbackDays = 5;

/** The first tick that a look-back from the estate's present reaches. */
export function lookbackStart(span: Span): number {
  return span.end - lookbackDays * ticksPerDay;
}

/** When a file came and when it was seen again. */
export interface Visits {
  readonly install: number;
  readonly later: readonly number[];
}

/** Only before the look-back, on both sides of its beginning, or only within it. */
export type Age = "old" | "old-and-recent" | "recent";

export function drawVisits(random: Random, span: Span, age: Age, count: number): Visits {
  const edge = lookbackStart(span);
  const between = (from: number, to: number): number => from + random.below(Math.max(1, Math.floor(to - from)));
  const many = (from: number, to: number, howMany: number): number[] =>
    Array.from({ length: howMany }, () => between(from, to));
  const lastMoment = span.end - ticksPerHour;
  if (age === "recent") {
    const install = between(edge + 2 * ticksPerHour, span.end - ticksPerDay);
    return { install, later: ascending(many(install + 2 * ticksPerHour, lastMoment, count)) };
  }
  const install = between(span.start + 6 * ticksPerHour, edge - 3 * ticksPerDay);
  const oldCount = age === "old" ? count : Math.floor(count / 2);
  const old = many(install + 2 * ticksPerHour, edge - 12 * ticksPerHour, oldCount);
  const recent = many(edge + ticksPerHour, lastMoment, count - oldCount);
  return { install, later: ascending([...old, ...recent]) };
}

function ascending(ticks: number[]): number[] {
  return ticks.sort((a, b) => a - b);
}
