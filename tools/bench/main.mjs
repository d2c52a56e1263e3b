// Benchmarks, each a comparison within one run: npm run bench -- kql [--rows N] [--runs N] [--match REGEX] [--rules DIR]
// [--sample N] [--only compile|queries]; npm run bench -- hunt [--rows N] [--runs N] [--rules DIR] [--store DIR]
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
    store: { type: "string" },
  },
});
const [name] = positionals;
if (name === "hunt") {
  const { huntBench } = await import("./hunt/hunts.mjs");
  const { store, rows, runs, rules = "content/remote-management" } = options;
  console.log(await huntBench({ store, rules, rows: Number(rows), runs: Number(runs) }));
  process.exit();
}
if (name !== "kql") {
  console.error(`bench: there is no benchmark '${name ?? ""}'; there are: kql, hunt`);
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
