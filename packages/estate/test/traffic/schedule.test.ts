import { expect, it } from "vitest";
import { spanEndingAt, ticksPerDay } from "../../src/clock.ts";
import { createRandom } from "../../src/random.ts";
import { createDayTimes, dailyQuotas } from "../../src/traffic/schedule.ts";

const span = spanEndingAt("2026-10-16T12:00:00Z", 30);

it.each([0, 1, 30, 31, 999, 123_457])("%d rows are shared out over the days without loss", (total) => {
  const quotas = dailyQuotas(span, total);
  expect(quotas).toHaveLength(31);
  expect(quotas.reduce((sum, quota) => sum + quota, 0)).toBe(total);
  expect(Math.min(...quotas)).toBeGreaterThanOrEqual(0);
});

it("times of a day ascend and stay within the day and the span", () => {
  for (const day of [0, 5, 30]) {
    const timeOf = createDayTimes(span, day, 500, createRandom(1, "times"));
    const times = Array.from({ length: 500 }, (_, index) => timeOf(index));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(Math.max(span.start, day * ticksPerDay));
    expect(times[499]).toBeLessThan(Math.min(span.end, (day + 1) * ticksPerDay));
  }
});
