import { expect, it } from "vitest";
import { dayOf, dotNetTicks, spanEndingAt, ticksPerDay, timeText, wholeSecond } from "../src/clock.ts";

const span = spanEndingAt("2026-10-16T12:00:00Z", 30);

it("keeps a single tick of 100 ns on both sides of a second, a day and the origin", () => {
  expect(timeText(span, span.end)).toBe("2026-10-16T12:00:00.0000000Z");
  expect(timeText(span, span.end - 1)).toBe("2026-10-16T11:59:59.9999999Z");
  expect(timeText(span, ticksPerDay)).toBe("2026-09-17T00:00:00.0000000Z");
  expect(timeText(span, ticksPerDay - 1)).toBe("2026-09-16T23:59:59.9999999Z");
  expect(timeText(span, -1)).toBe("2026-09-15T23:59:59.9999999Z");
});

it("begins the span the wanted days before its end, within the first day", () => {
  expect(timeText(span, span.start)).toBe("2026-09-16T12:00:00.0000000Z");
  expect(dayOf(span.start)).toBe(0);
});

it("drops fractions of a second towards the past, before the origin too", () => {
  expect(timeText(span, wholeSecond(span.end - 1))).toBe("2026-10-16T11:59:59.0000000Z");
  expect(wholeSecond(-1)).toBe(-10_000_000);
});

it("counts .NET ticks exactly beyond 2^53", () => {
  // .NET documentation: DateTime.UnixEpoch.Ticks is 621355968000000000.
  const epoch = spanEndingAt("1970-01-16T00:00:00Z", 15);
  expect(dotNetTicks(epoch, 0)).toBe(621_355_968_000_000_000n);
  expect(dotNetTicks(epoch, 1)).toBe(621_355_968_000_000_001n);
});
