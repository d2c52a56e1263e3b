import type { ResultTable } from "@goshawk/engine";
import { describe, expect, test } from "vitest";
import { tableText } from "../../src/output/table.ts";

function table(columns: ResultTable["columns"], ...rows: ResultTable["rows"][number][]): ResultTable {
  return { columns, rows, truncated: false };
}

const long = "a text that is longer than all others beside it";
const rows = table(
  [
    { name: "Name", type: "string" },
    { name: "Count", type: "long" },
    { name: "At", type: "datetime" },
  ],
  [long, "9007199254740993", "2026-10-31T12:00:00.1234567Z"],
);

describe("a table on a terminal", () => {
  test("cuts texts alone: a number or a time without its end would be another", () => {
    const [, , line = ""] = tableText(rows, { width: 62, color: false }).split("\n");
    expect(line).toContain("…");
    expect(line).toContain("9007199254740993  2026-10-31T12:00:00.1234567Z");
    expect(line.length).toBeLessThanOrEqual(62);
  });

  test("that is too narrow for its columns has a line for each value, whole, and none for what is empty", () => {
    const text = tableText(table([...rows.columns, { name: "Empty", type: "string" }], [...(rows.rows[0] ?? []), ""]), {
      width: 40,
      color: false,
    });
    expect(text.split("\n").slice(1)).toEqual([
      `Name   ${long}`,
      "Count  9007199254740993",
      "At     2026-10-31T12:00:00.1234567Z",
      "",
    ]);
  });

  test("of more rows than a function takes arguments is written", () => {
    const many = Array.from({ length: 150_000 }, (_, index) => [String(index)]);
    const numbers = { columns: [{ name: "N", type: "long" }], rows: many, truncated: false } as const;
    expect(tableText(numbers, { width: 80, color: false })).toContain("\n149999\n");
  });
});
