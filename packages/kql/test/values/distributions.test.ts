import { expect, test } from "vitest";
import { betaCdf, betaInv, betaPdf, welchTest } from "../../src/values/distributions.ts";
import { erf, erfc } from "../../src/values/gamma.ts";

// Kusto documentation and the emulator's answers to its examples.
test("the beta distribution and Welch's test answer as Kusto's do", () => {
  expect(betaCdf(0.9, 10, 20)).toBeCloseTo(0.999999999999959, 14);
  expect(betaInv(0.1, 10, 20)).toBeCloseTo(0.22641502238874897, 13);
  expect(betaPdf(0.5, 10, 20)).toBeCloseTo(0.746176019310951, 12);
  expect(welchTest(20.82, 7.8674285714, 15, 22.986666666666668, 3.8126666667, 15)).toBeCloseTo(0.02137800146286441, 10);
});

test("what lies outside is NaN, but no value has a probability above one", () => {
  expect([betaCdf(1.5, 10, 20), betaPdf(-10, 10, 20), betaInv(0.1, -1, 20)]).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
  expect(betaInv(1.5, 10, 20)).toBeUndefined();
});

// Abramowitz and Stegun, table 7.1.
test("the error function is that of the tables", () => {
  expect(erf(0.5)).toBeCloseTo(0.5204998778, 10);
  expect(erf(2)).toBeCloseTo(0.995322265, 10);
  expect(erfc(3) / 0.00002209049699858544).toBeCloseTo(1, 12);
});
