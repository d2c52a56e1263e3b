// Benchmarks, each a comparison within one run: npm run bench -- kql [--rows N] [--runs N] [--match REGEX] [--rules DIR]
// [--sample N] [--only compile|queries]
import { parseArgs } from "node:util";
import { compileBench } from "./kql/compile.mjs";
import { queryBench } from "./kql/queries.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "1000000" },
    runs: { type: "string", default: "7" },
    match: { type: "string", default: "" },
    rules: { type: "string" },
    sample: { type: "string" },
    only: { type: "string" },
  },
});
const [name] = positionals;
if (name !== "kql") {
  console.error(`bench: there is no benchmark '${name ?? ""}'; there is: kql`);
  process.exit(2);
}
if (options.only !== "queries") console.log(await compileBench({ folder: options.rules, sample: options.sample }));
if (options.only !== "compile") {
  const { report, wrong } = await queryBench({
    rows: Number(options.rows),
    runs: Number(options.runs),
    match: new RegExp(options.match),
  });
  console.log(report);
  if (wrong > 0) process.exitCode = 1;
}
