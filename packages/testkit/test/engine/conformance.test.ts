import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCases } from "../../src/cases/readCases.ts";
import { runCases } from "../../src/cases/runCases.ts";
import { runConformance } from "../../src/conformance/runConformance.ts";
import { readSampleTables, type SampleTable } from "../../src/conformance/tables.ts";
import { openSessionBatch, type SessionBatch } from "../../src/engine/sessionBatch.ts";
import { conformanceFolder, sharedFolder } from "../../src/read/sharedFolder.ts";
import { formatReport } from "../../src/report/formatReport.ts";
import { type KnownGaps, readKnownGaps } from "../../src/report/readKnownGaps.ts";

const records = sharedFolder("conformance");
/** The real Kusto, its documentation, and another engine: every difference was read and is mended, or a known gap. */
const sources = ["docs", "emulator-docs", "emulator-errors", "emulator-fuzz", "emulator-traps", "kusto-loco"];
const TEN_MINUTES = 600_000;
let engine: SessionBatch;
let tables: readonly SampleTable[] = [];
let known: KnownGaps;

beforeAll(async () => {
  tables = records === undefined ? [] : await readSampleTables(join(records, "data"));
  engine = await openSessionBatch(tables);
  known = await readKnownGaps(join(conformanceFolder, "known-gaps", "duckdb.yaml"));
});

afterAll(() => engine.close());

describe("what Kusto answers, the embedded engine answers, or it says why not", () => {
  test("our own cases", async () => {
    const { cases, problems } = await readCases(join(conformanceFolder, "cases"));
    expect([...problems, ...known.problems]).toEqual([]);
    const report = await runCases({ cases, gaps: known.gaps, tables, runBatch: engine.run });
    expect(report.failures.map((failure) => `${failure.id}: ${failure.problem}\n${failure.query}`)).toEqual([]);
  });

  test.skipIf(records === undefined)(
    "the recorded answers (needs the shared reference data)",
    { timeout: TEN_MINUTES },
    async () => {
      const report = await runConformance({
        folder: records ?? "",
        sources,
        gaps: known.gaps,
        tables,
        runBatch: engine.run,
      });
      console.log(formatReport(report));
      const wrong = report.failures.filter((failure) => failure.verdict.kind !== "refused");
      expect(
        wrong.map((failure) => `${failure.id}: ${failure.verdict.kind}: ${failure.verdict.note}\n${failure.query}`),
      ).toEqual([]);
    },
  );
});
