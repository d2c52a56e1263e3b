// Puts every recorded answer of Kusto, and our own cases, to the embedded engine and prints a table:
//   npm run build && npm run conformance [-- source…]
import { join } from "node:path";
import {
  formatFailures,
  formatReport,
  openSessionBatch,
  readCases,
  readKnownGaps,
  readSampleTables,
  runCases,
  runConformance,
  sharedFolder,
} from "@goshawk/testkit";

const sources = process.argv.slice(2);
const SHOWN = 40;
const { gaps, problems } = await readKnownGaps(
  new URL("../conformance/known-gaps/duckdb.yaml", import.meta.url).pathname,
);
for (const problem of problems) console.error(problem);
const { cases } = await readCases(new URL("../conformance/cases", import.meta.url).pathname);
const own = new Set(cases.map(({ id }) => id));
const [ownGaps, recordedGaps] = [gaps.filter(({ id }) => own.has(id)), gaps.filter(({ id }) => !own.has(id))];
const folder = sharedFolder("conformance");
const tables = folder === undefined ? [] : await readSampleTables(join(folder, "data"));
const engine = await openSessionBatch(tables);
const onProgress = (done, of) => process.stderr.isTTY && process.stderr.write(`\r${done}/${of} `);
const reports = [await runCases({ cases, gaps: ownGaps, tables, runBatch: engine.run, onProgress })];
if (folder === undefined) console.log("recorded answers are not here: only our own cases ran");
else
  reports.push(
    await runConformance({
      folder,
      gaps: recordedGaps,
      tables,
      runBatch: engine.run,
      onProgress,
      ...(sources.length > 0 ? { sources } : {}),
    }),
  );
await engine.close();
for (const report of reports) {
  console.log(formatReport(report));
  // A part of the sources says nothing of the others' gaps.
  console.log(formatFailures(sources.length > 0 ? { ...report, unusedGaps: [] } : report, SHOWN));
}
process.exitCode = reports.some((report) => report.failures.length > 0) ? 1 : 0;
