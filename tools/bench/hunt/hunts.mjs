// How long hunts take on a warm engine: one signer rule and all of them; then every rule once, and the slowest.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { startWorkerBackend } from "@goshawk/engine";
import { generateEstate, remoteTools } from "@goshawk/estate";
import { loadRulePaths, loadRules, runHunt } from "@goshawk/hunt";
import { openStore, plannerModule, schemasModule } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";

const SLOWEST = 10;
const TIMEOUT_MS = 60_000;

export async function huntBench({ store: given, rules: folder, rows, runs, sample, only }) {
  const work = await mkdtemp(join(tmpdir(), "goshawk-bench-"));
  try {
    const store = await openStore(given ?? join(work, "store"));
    if (given === undefined) await fill(store, join(work, "estate"), rows);
    const { tables } = await store.snapshot();
    const stored = new Map(tables.map((table) => [table.name, table]));
    const open = (threads) =>
      startWorkerBackend({
        tables,
        schemas: schemasModule,
        planner: plannerModule,
        folders: [store.folder],
        tempFolder: join(work, "tmp"),
        memoryLimit: "2GB",
        threads,
      });
    const total = tables.reduce((sum, table) => sum + table.rows, 0);
    const certificates = stored.get("DeviceFileCertificateInfo")?.rows ?? 0;
    const lines = [`${total.toLocaleString("en")} rows, ${certificates.toLocaleString("en")} of certificates`];
    if (only !== "rules") lines.push(...(await compareSigners(open, tables, stored, runs)));
    if (only !== "signers") lines.push(...(await everyRule(open, stored, folder, sample)));
    return lines.join("\n");
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fill(store, folder, rows) {
  await generateEstate({ folder, rows, devices: 200, days: 30, end: "2026-10-31T12:00:00Z", seed: 1 });
  await ingest([folder], { store });
}

/** A rule for each signer, as the founding rule is written. */
function signerRules() {
  return remoteTools.flatMap(({ signers = [] }) =>
    signers.flatMap((signer) => loadRules(foundingQuery(signer), `${signer}.kql`).rules),
  );
}

function foundingQuery(signer) {
  return `let Time_start = now(-5d);
let Time_end = now();
DeviceFileCertificateInfo
| where Timestamp between (Time_start..Time_end)
| where Signer has ${JSON.stringify(signer)}
| summarize FirstSeen=min(Timestamp), LastSeen=max(Timestamp), Report=make_set(ReportId), Count=count() by DeviceId, DeviceName`;
}

/** Both on engines that are warm, and have read nothing of the tables yet, so that neither finds the other's copies. */
async function compareSigners(open, tables, stored, runs) {
  const all = signerRules();
  const alone = [open(availableParallelism())];
  const cores = Array.from({ length: Math.min(4, availableParallelism()) }, () => open(1));
  try {
    for (const engine of [...alone, ...cores]) await timed([engine], all.slice(1, 9), tables, stored);
    const one = await medianOf(runs, (run) => timed(alone, [all[run % all.length]], tables, stored));
    const many = await medianOf(runs, () => timed(alone, all, tables, stored));
    const side = await medianOf(runs, () => timed(cores, all, tables, stored));
    const line = (what, { ms, cpuMs }) =>
      `  ${what}: ${seconds(ms)}, ${(ms / one.ms).toFixed(1)} times as long as one (limit 5); processor ${seconds(cpuMs)}, ${(cpuMs / one.cpuMs).toFixed(1)} times`;
    return [
      `warm, medians of ${runs} runs:`,
      `  1 signer rule: ${seconds(one.ms)}; processor ${seconds(one.cpuMs)}`,
      line(`${all.length} signer rules on one engine`, many),
      line(`${all.length} signer rules on ${cores.length} engines`, side),
    ];
  } finally {
    await Promise.all([...alone, ...cores].map((backend) => backend.close()));
  }
}

async function timed(engines, rules, tables, stored) {
  for (const engine of engines) engine.useTables(tables);
  const usage = process.cpuUsage();
  const started = performance.now();
  const outcomes = await runHunt(rules, engines, {
    now: "latest",
    stored,
    today: "2026-11-01",
    eventTime: () => "Timestamp",
  });
  const wrong = outcomes.filter((outcome) => !("findings" in outcome));
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong[0]));
  const { user, system } = process.cpuUsage(usage);
  return { ms: performance.now() - started, cpuMs: (user + system) / 1000 };
}

async function medianOf(runs, measure) {
  const results = [];
  for (let run = 0; run < runs; run++) results.push(await measure(run));
  return { ms: median(results.map(({ ms }) => ms)), cpuMs: median(results.map(({ cpuMs }) => cpuMs)) };
}

/** Every rule once; those that read no table with rows are no measure of a hunt, and counted apart. */
async function everyRule(open, stored, folder, sample) {
  const all = await queriesIn(folder);
  const step = sample === undefined ? 1 : Math.max(1, Math.floor(all.length / sample));
  const queries = all.filter((_, index) => index % step === 0);
  const backend = open(availableParallelism());
  // One time for all: a rule over a table that is not here has no newest event of its own.
  const now = [...stored.values()].reduce((most, { lastEvent }) => (lastEvent > most ? lastEvent : most), 0n);
  const [done, failed] = [[], []];
  let [refused, blind] = [0, 0];
  const took = { all: 0, here: 0 };
  try {
    for (const { name, query } of queries) {
      const usage = process.cpuUsage();
      const started = performance.now();
      const outcome = await backend
        .query({ text: query, now, timeoutMs: TIMEOUT_MS, rowLimit: 10_000 })
        .catch((error) => ({ error }));
      const ms = performance.now() - started;
      const { user, system } = process.cpuUsage(usage);
      took.all += ms;
      if (outcome.error !== undefined) failed.push({ name, ms, message: outcome.error.message });
      else if (!outcome.ok) refused++;
      else if (!outcome.tables.some((table) => stored.has(table))) blind++;
      else {
        took.here += ms;
        done.push({ name, cpuMs: (user + system) / 1000, ...outcome });
      }
    }
  } finally {
    await backend.close();
  }
  const slowest = done.toSorted((a, b) => b.compileMs + b.runMs - a.compileMs - a.runMs).slice(0, SLOWEST);
  const sum = (pick) => done.reduce((total, item) => total + item[pick], 0);
  const slow = done.filter((item) => item.compileMs + item.runMs > 2000).length;
  return [
    `${queries.length} rules of ${folder} in ${seconds(took.all)}: ${done.length} read tables that are here, ${rate(done.length, took.here)} a second, ${slow} took more than 2 s; compiling and planning ${seconds(sum("compileMs"))}, running ${seconds(sum("runMs"))}, processor ${seconds(sum("cpuMs"))}`,
    `${blind} read no table that is here, ${refused} are refused, ${failed.length} failed`,
    ...failed.slice(0, SLOWEST).map(({ name, ms, message }) => `  ${name}: ${seconds(ms)}: ${message.slice(0, 160)}`),
    "slowest:",
    ...slowest.map((item) => explained(item, stored)),
  ];
}

/** The records of published rules, or rule files. */
async function queriesIn(folder) {
  const names = await readdir(folder);
  if (!names.some((name) => name.endsWith(".jsonl.gz"))) {
    const files = await loadRulePaths([folder], { from: process.cwd() });
    return files.flatMap((file) => file.rules);
  }
  const { readRuleRecords } = await import("@goshawk/testkit");
  const queries = [];
  for await (const { repo, path, query } of readRuleRecords(folder)) queries.push({ name: `${repo}/${path}`, query });
  return queries;
}

function explained({ name, compileMs, runMs, cpuMs, tables, table, reading }, stored) {
  const rows = tables.reduce((sum, item) => sum + (stored.get(item)?.rows ?? 0), 0);
  const read = reading.map(
    ({ table: of, files, blocks }) => `${of} ${files.read}/${files.of} files ${blocks.read}/${blocks.of} blocks`,
  );
  const why =
    compileMs > runMs
      ? "compiling"
      : `running over ${rows.toLocaleString("en")} rows (${[...new Set(read)].join(", ")})`;
  return `  ${name}: ${Math.round(compileMs + runMs)} ms, ${Math.round(compileMs)} of them compiling and planning, processor ${Math.round(cpuMs)} ms; mostly ${why}; ${table.rows.length} rows`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

function rate(count, milliseconds) {
  return ((1000 * count) / milliseconds).toFixed(1);
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
