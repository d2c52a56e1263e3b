// Benchmarks, each a comparison within one run:
// npm run bench -- kql [--rows N] [--runs N] [--match REGEX] [--rules DIR] [--sample N] [--only compile|queries]
// npm run bench -- hunt [--rows N] [--runs N] [--rules DIR] [--sample N] [--store DIR] [--only signers|rules]
// npm run bench -- test [--cases N] [--engines N]
// npm run bench -- serve [--rows N] [--clients N] [--seconds N] [--store DIR]
// npm run bench -- store [--rows N] [--growth N,N,N] [--commands N] [--runs N] [--folder DIR, where the next run finds the data]
// npm run bench -- ingest [--mb 100,400] [--format json,csv] [--runs N]
import { parseArgs } from "node:util";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string" },
    runs: { type: "string", default: "7" },
    match: { type: "string", default: "" },
    rules: { type: "string" },
    sample: { type: "string" },
    only: { type: "string" },
    store: { type: "string" },
    cases: { type: "string", default: "1000" },
    engines: { type: "string", default: "2" },
    growth: { type: "string", default: "5000000,20000000,80000000" },
    commands: { type: "string", default: "10000000" },
    folder: { type: "string" },
    mb: { type: "string", default: "200" },
    format: { type: "string", default: "json,csv" },
    clients: { type: "string", default: "50" },
    seconds: { type: "string", default: "30" },
  },
});

const benches = { kql, hunt, test, ingest, serve, store };
const [name = ""] = positionals;
if (!Object.hasOwn(benches, name)) {
  console.error(`bench: there is no benchmark '${name}'; there are: ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}
await benches[name]();

async function kql() {
  const { compileBench } = await import("./kql/compile.mjs");
  const { queryBench } = await import("./kql/queries.mjs");
  if (options.only !== "queries") console.log(await compileBench({ folder: options.rules, sample: options.sample }));
  if (options.only === "compile") return;
  const { report, wrong } = await queryBench({
    rows: Number(options.rows ?? 1_000_000),
    runs: Number(options.runs),
    match: new RegExp(options.match),
  });
  console.log(report);
  if (wrong > 0) process.exitCode = 1;
}

async function hunt() {
  const { huntBench } = await import("./hunt/hunts.mjs");
  const { store, rows = "1000000", runs, rules = "content/remote-management", only } = options;
  const sample = options.sample === undefined ? undefined : Number(options.sample);
  console.log(await huntBench({ store, rules, rows: Number(rows), runs: Number(runs), sample, only }));
  process.exit();
}

async function store() {
  const { storeBench } = await import("./store/main.mjs");
  const { runs, commands, growth, folder, rows = "20000000" } = options;
  const sizes = { rows: Number(rows), growth: growth.split(",").map(Number), commands: Number(commands) };
  console.log(await storeBench({ ...sizes, runs: Number(runs), folder }));
}

async function ingest() {
  const { ingestBench } = await import("./ingest/bench.mjs");
  const { report, wrong } = await ingestBench({
    sizes: options.mb.split(",").map(Number),
    formats: options.format.split(","),
    runs: Number(options.runs),
  });
  console.log(report);
  if (wrong > 0) process.exitCode = 1;
}

async function serve() {
  const { loadBench } = await import("./serve/load.mjs");
  const { store, rows = "1000000", clients, seconds } = options;
  const { report, failed } = await loadBench({
    store,
    rows: Number(rows),
    clients: Number(clients),
    seconds: Number(seconds),
  });
  console.log(report);
  if (failed > 0) process.exitCode = 1;
}

async function test() {
  const { testBench } = await import("./test/cases.mjs");
  const { report, wrong } = await testBench({ count: Number(options.cases), engines: Number(options.engines) });
  console.log(report);
  if (wrong > 0) process.exitCode = 1;
}
