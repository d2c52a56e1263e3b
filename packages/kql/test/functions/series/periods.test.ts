import { expect, test } from "vitest";
import { seriesSeasonal } from "../../../src/functions/series/decompose.ts";
import { inverse, transform } from "../../../src/functions/series/fourier.ts";
import { detectPeriods, periodScore } from "../../../src/functions/series/periods.ts";

/* The series and the numbers are those of Kusto's documentation of series_periods_detect() and series_seasonal(). */
const traffic = [
  80, 139, 87, 110, 68, 54, 50, 51, 53, 133, 86, 141, 97, 156, 94, 149, 95, 140, 77, 61, 50, 54, 47, 133, 72, 152, 94,
  148, 105, 162, 101, 160, 87, 63, 53, 55, 54, 151, 103, 189, 108, 183, 113, 175, 113, 178, 90, 71, 62, 62, 65, 165,
  109, 181, 115, 182, 121, 178, 114, 170,
];

test("a week of 14 points is found, with the emulator's score", () => {
  const [week, ...others] = detectPeriods(traffic, 0, 50);
  expect(week?.length).toBe(14);
  expect(week?.score).toBeCloseTo(0.8405558794091443, 12);
  expect(others).toEqual([]);
});

test("a period that lies on no hill scores 0", () => {
  expect(periodScore(traffic, 14)).toBeCloseTo(0.8405558794091444, 12);
  expect(periodScore(traffic, 10)).toBe(0);
});

test("a season of six is found by itself, one of a series too short is not", () => {
  const wave = [2, 5, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1];
  const season = [1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1];
  expect(JSON.parse(seriesSeasonal([JSON.stringify(wave)]) ?? "")).toEqual(season);
  expect(JSON.parse(seriesSeasonal(["[1,3,5,2,4,6,1,3,5,2,4,6]"]) ?? "")).toEqual(new Array(12).fill(0));
});

test.each([1, 2, 5, 8, 12, 97])("a transform of %i points and back gives the series again", (length) => {
  const real = Float64Array.from({ length }, (_, at) => Math.sin(at * at) + at);
  const imaginary = Float64Array.from({ length }, (_, at) => Math.cos(at) - at);
  const again = inverse(transform({ real, imaginary }));
  for (const [at, value] of again.real.entries()) expect(value).toBeCloseTo(real[at] ?? Number.NaN, 9);
  for (const [at, value] of again.imaginary.entries()) expect(value).toBeCloseTo(imaginary[at] ?? Number.NaN, 9);
});
