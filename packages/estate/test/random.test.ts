import { expect, it } from "vitest";
import { createRandom, hexText, shuffle } from "../src/random.ts";
import { createZipf, firstAbove } from "../src/zipf.ts";

it("one purpose does not shift the numbers of another", () => {
  const alone = createRandom(7, "a");
  const together = createRandom(7, "a");
  const other = createRandom(7, "b");
  for (let turn = 0; turn < 100; turn++) {
    other.word();
    expect(together.word()).toBe(alone.word());
  }
});

it("stays within its bounds, and reaches both ends", () => {
  const random = createRandom(1, "bounds");
  const seen = new Set(Array.from({ length: 2000 }, () => random.below(6)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  for (let turn = 0; turn < 1000; turn++) expect(random.below(2 ** 44)).toBeLessThan(2 ** 44);
});

it("spreads evenly", () => {
  const random = createRandom(3, "even");
  const counts = new Array<number>(10).fill(0);
  for (let turn = 0; turn < 100_000; turn++) {
    const place = random.below(10);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

it("shuffles without losing or doubling anything", () => {
  const items = Uint8Array.from({ length: 200 }, (_, index) => index);
  expect([...shuffle(createRandom(5, "shuffle"), items.slice())].sort((a, b) => a - b)).toEqual([...items]);
});

it("writes as many hex digits as were asked for", () => {
  expect(hexText(createRandom(1, "hex"), 41)).toMatch(/^[0-9a-f]{41}$/);
});

it("draws the first rank about twice as often as the second", () => {
  const random = createRandom(2, "zipf");
  const rank = createZipf(1000, 1);
  const draws = Array.from({ length: 50_000 }, () => rank(random));
  const count = (wanted: number): number => draws.filter((one) => one === wanted).length;
  expect(count(0) / count(1)).toBeGreaterThan(1.8);
  expect(count(0) / count(1)).toBeLessThan(2.2);
  expect(Math.max(...draws)).toBeLessThan(1000);
});

it("finds the first number above a value, not the equal one", () => {
  expect(firstAbove(Float64Array.of(1, 2, 3), 1)).toBe(1);
  expect(firstAbove(Float64Array.of(1, 2, 3), 0)).toBe(0);
  expect(firstAbove(Float64Array.of(1, 2, 3), 9)).toBe(2);
});
