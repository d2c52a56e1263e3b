import { expect, test } from "vitest";
import { exactly } from "../../src/compare/cell.ts";
import { type Row, type RowsRules, rowsDifference } from "../../src/compare/rows.ts";

const rules: RowsRules = { ...exactly, types: ["long", "string"], order: "any", sortKeys: null, extent: "all" };
const [a, b, c]: readonly Row[] = [
  ["1", "a"],
  ["1", "b"],
  ["2", "c"],
] as const;
const rows = [a ?? [], b ?? [], c ?? []];
const swapped = [b ?? [], a ?? [], c ?? []];

test("without an order, rows are a multiset", () => {
  expect(rowsDifference(rows, swapped, rules)).toBeUndefined();
  expect(rowsDifference([["1", "a"], ...rows], [["2", "c"], ...rows], rules)).toBe('missing row ["1","a"]');
});

test("a tie under the sort keys may fall either way, a key may not", () => {
  const sorted: RowsRules = { ...rules, order: "given", sortKeys: [0] };
  expect(rowsDifference(rows, swapped, sorted)).toBeUndefined();
  expect(rowsDifference(rows, rows.toReversed(), sorted)).toBe("row 1 is out of order");
});

test("an order without known keys is row by row", () => {
  expect(rowsDifference(rows, swapped, { ...rules, order: "given" })).toBe("the rows are right, their order is not");
});

test("a row too many or too few is a difference", () => {
  expect(rowsDifference(rows, rows.slice(1), rules)).toBe("2 rows instead of 3");
  expect(rowsDifference([], rows, rules)).toBe("3 rows instead of 0");
});

test("of a part, every row must occur, as often as it is expected", () => {
  const part: RowsRules = { ...rules, extent: "prefix" };
  expect(rowsDifference([c ?? []], rows, part)).toBeUndefined();
  expect(rowsDifference([c ?? [], c ?? []], rows, part)).toBe('missing row ["2","c"]');
});
