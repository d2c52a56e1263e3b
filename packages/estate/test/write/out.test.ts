import { expect, it } from "vitest";
import { spanEndingAt, timeText } from "../../src/clock.ts";
import { createTimeWriter, type Out, putNumber } from "../../src/write/out.ts";

function written(write: (out: Out) => void): string {
  const out: Out = { bytes: Buffer.alloc(64), at: 0 };
  write(out);
  return out.bytes.toString("utf8", 0, out.at);
}

it.each([0, 7, 10, 99, 100, 65_535, 4_294_967_296, 2 ** 53 - 1])("writes %d digit by digit", (value) => {
  expect(written((out) => putNumber(out, value))).toBe(String(value));
});

it("writes times as they read", () => {
  const span = spanEndingAt("2026-10-16T12:00:00Z", 30);
  const writeTime = createTimeWriter(span);
  for (const tick of [0, 1, 12_345_678, span.start, span.end - 1, span.end, -1, 863_999_999_999]) {
    expect(written((out) => writeTime(out, tick))).toBe(timeText(span, tick));
  }
});
