import { expect, test } from "vitest";
import { formatFuzzReport } from "../../src/fuzz/formatReport.ts";
import { fuzz } from "../../src/fuzz/run.ts";

const QUERIES = 150;
const SEED = 20_240_701;

test("no random query crashes, and none breaks a law", { timeout: 300_000 }, async () => {
  const report = await fuzz({ queries: QUERIES, seed: SEED, shrinkSteps: 100 });
  expect(report.failures, formatFuzzReport(report)).toEqual([]);
  expect(report.answered).toBeGreaterThan(QUERIES / 2);
  expect(report.exact).toBeGreaterThan(QUERIES / 4);
});
