import type { ResultTable } from "@goshawk/engine";
import { expect, test } from "vitest";
import { withoutSameColumns } from "../../src/output/sameColumns.ts";

const table: ResultTable = {
  columns: [
    { name: "Rule", type: "string" },
    { name: "Entity", type: "string" },
    { name: "Count", type: "long" },
    { name: "Note", type: "string" },
  ],
  rows: [
    ["a rule", "host 1", "3", null],
    ["a rule", "host 2", "3", null],
  ],
  truncated: false,
};

test("what every row says is said once, and nothing is lost", () => {
  const { table: shown, same } = withoutSameColumns(table);
  expect(shown.columns.map(({ name }) => name)).toEqual(["Entity"]);
  expect(shown.rows).toEqual([["host 1"], ["host 2"]]);
  expect(same).toEqual(["Rule a rule", "Count 3", "Note none"]);
});

test("columns that were not named stay, whatever they hold", () => {
  const { table: shown, same } = withoutSameColumns(table, ["Rule"]);
  expect(shown.columns.map(({ name }) => name)).toEqual(["Entity", "Count", "Note"]);
  expect(same).toEqual(["Rule a rule"]);
});

test("a single row is shown whole", () => {
  const one = { ...table, rows: table.rows.slice(0, 1) };
  expect(withoutSameColumns(one)).toEqual({ table: one, same: [] });
});
