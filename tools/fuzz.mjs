// Random queries over random tables, held to the laws of packages/testkit/src/fuzz:
//   npm run fuzz -- [--queries N] [--seed S] [--from I] [--minutes M] [--shrink STEPS] [--show] [--refusals] [--out FILE]
// Ends with 1 where a query broke a law. --show prints each query before it runs.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { formatFailure, formatFuzzReport, fuzz } from "@goshawk/testkit";

const { values: options } = parseArgs({
  options: {
    queries: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    minutes: { type: "string" },
    shrink: { type: "string", default: "400" },
    show: { type: "boolean", default: false },
    refusals: { type: "boolean", default: false },
    out: { type: "string" },
  },
});

const report = await fuzz({
  queries: Number(options.queries),
  seed: Number(options.seed),
  from: Number(options.from),
  shrinkSteps: Number(options.shrink),
  ...(options.minutes === undefined ? {} : { signal: AbortSignal.timeout(Number(options.minutes) * 60_000) }),
  onFailure: (failure) => console.error(formatFailure(failure)),
  onQuery: (done, text) => {
    if (options.show) console.error(`#${done}\n${text}`);
    else if (done > 0 && done % 200 === 0) console.error(`${done} of ${options.queries}`);
  },
});
const text = formatFuzzReport(report);
console.log(text);
if (options.refusals) for (const [reason, { query }] of report.refused) console.log(`\n${reason}\n${query}`);
if (options.out !== undefined) writeFileSync(options.out, text);
process.exitCode = report.failures.length > 0 ? 1 : 0;
