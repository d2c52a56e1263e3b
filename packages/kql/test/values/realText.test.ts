import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonReal, realText } from "../../src/values/realText.ts";

// Recorded from the Kusto emulator by kql-to-sql and duckdb-kql.
test("the seventeenth digit is the largest that reads back, not the nearest", () => {
  expect(realText(0.1 + 0.2)).toBe("0.30000000000000007");
  expect(realText(40.764323000000005)).toBe("40.764323000000008");
  expect(realText(1 / 3)).toBe("0.3333333333333333");
});

test("a whole number keeps its point, and zero its sign", () => {
  expect([1, 1500, 1e11, -0].map(realText)).toEqual(["1.0", "1500.0", "100000000000.0", "-0.0"]);
});

test("infinity is written otherwise inside a dynamic", () => {
  expect([realText(Number.POSITIVE_INFINITY), jsonReal(Number.NEGATIVE_INFINITY), realText(Number.NaN)]).toEqual([
    "inf",
    '"-Infinity"',
    "NaN",
  ]);
});

test("every finite number is read back from its text", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
      Object.is(Number(realText(value)), value),
    ),
    { numRuns: 2000 },
  );
});
