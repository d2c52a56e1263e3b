import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSampleTables } from "../../src/conformance/tables.ts";
import { sharedFolder } from "../../src/read/sharedFolder.ts";

const folder = sharedFolder("conformance/data");

test.skipIf(folder === undefined)("the sample tables name their columns, types and files", async () => {
  const tables = await readSampleTables(folder ?? "");
  expect(tables.map(({ name, columns }) => [name, columns.length])).toEqual([
    ["StormEvents", 22],
    ["PopulationData", 2],
  ]);
  expect(tables[0]?.columns.at(-1)).toEqual({ name: "StormSummary", type: "dynamic" });
  expect(tables.map(({ csv }) => existsSync(csv))).toEqual([true, true]);
  expect(tables[1]?.csv).toBe(join(folder ?? "", "PopulationData.csv"));
});
