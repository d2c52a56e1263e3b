import { describe, expect, test } from "vitest";
import { clusters, differences } from "../../src/values/patterns/choose.ts";
import { type CountedRow, minePatterns, type Pattern } from "../../src/values/patterns/mine.ts";

const COLUMNS = 4;

/** Rows of a fixed, uneven spread: column values 0 to 2, -1 where a value is too rare. */
const rows: readonly CountedRow[] = Array.from({ length: 60 }, (_, index) => ({
  counts: [1 + (index % 3)],
  items: [index % 2, Math.floor(index / 7) % 3, index % 5 === 0 ? 0 : -1, index % 2 === 0 ? (index % 4) / 2 : 2].map(
    (value, column) => (value < 0 ? -1 : value * COLUMNS + column),
  ),
}));

const total = rows.reduce((sum, { counts: [count = 0] }) => sum + count, 0);
const has = (row: CountedRow, items: readonly number[]): boolean =>
  items.every((item, column) => item < 0 || row.items[column] === item);
const countOf = (items: readonly number[]): number =>
  rows.filter((row) => has(row, items)).reduce((sum, { counts: [count = 0] }) => sum + count, 0);

/** Every choice of a value or none for each column. */
function everyPattern(): readonly (readonly number[])[] {
  let made: (readonly number[])[] = [[]];
  for (let column = 0; column < COLUMNS; column++) {
    const values = [...new Set(rows.map((row) => row.items[column] ?? -1)), -1];
    made = made.flatMap((start) => [...new Set(values)].map((value) => [...start, value]));
  }
  return made;
}

/** A pattern is shown when no larger one has as many rows: what always comes along is part of it. */
function expectedPatterns(least: number): readonly string[] {
  const frequent = everyPattern().filter((items) => countOf(items) >= least * total && items.some((item) => item >= 0));
  const larger = (one: readonly number[], other: readonly number[]): boolean =>
    one.join() !== other.join() && other.every((item, column) => item < 0 || one[column] === item);
  return frequent
    .filter((items) => !frequent.some((other) => larger(other, items) && countOf(other) === countOf(items)))
    .map((items) => `${items.join()} ${countOf(items)}`)
    .sort();
}

// Kusto documentation, basket plugin: "NO" and "0" are one segment where "NO" never comes without "0".
test.each([0.05, 0.2, 0.4])(
  "all patterns of at least %f of the rows are found, each with what always comes along",
  (least) => {
    const found = minePatterns(rows, { isFrequent: ([count = 0]) => count >= least * total, mostItems: COLUMNS }) ?? [];
    expect(found.map(({ items, counts }) => `${items.join()} ${counts.join()}`).sort()).toEqual(
      expectedPatterns(least),
    );
  },
);

test("too much to search gives no answer rather than a part of one", () => {
  const wide = Array.from({ length: 2000 }, (_, row) => ({
    counts: [1],
    items: Array.from({ length: 40 }, (_, column) => ((row * 31 + column * 17) % 97 < 50 ? 0 : 1)),
  }));
  expect(
    minePatterns(wide, { isFrequent: ([count = 0]) => count > 20, mostItems: 20, mostWork: 1_000_000 }),
  ).toBeUndefined();
});

describe("of many patterns few are chosen", () => {
  const pattern = (items: readonly number[], counts: readonly number[], held: readonly number[]): Pattern => ({
    items,
    counts,
    rows: held,
  });

  test("a cluster whose rows another covers already is not shown again", () => {
    const four = Array.from({ length: 4 }, (): CountedRow => ({ counts: [1], items: [0, 1] }));
    const [wide, same, other] = [
      pattern([0, 1], [3], [0, 1, 2]),
      pattern([0, -1], [3], [0, 1, 2]),
      pattern([-1, 1], [1], [3]),
    ];
    expect(
      clusters(
        [same, other, wide].flatMap((item) => item ?? []),
        four,
        0.5,
      ),
    ).toEqual([wide, other]);
  });

  test("a difference that only adds to a greater one is not shown, nor one below the threshold", () => {
    const [great, added, small] = [
      pattern([0, -1], [8, 1], []),
      pattern([0, 1], [6, 0], []),
      pattern([-1, 2], [5, 5], []),
    ];
    expect(
      differences(
        [added, small, great].flatMap((item) => item ?? []),
        [10, 10],
        0.05,
      ),
    ).toEqual([great]);
  });
});
