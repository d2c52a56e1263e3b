// How long hunts take: one signer rule and all of them, each in a fresh engine; then every rule once, and the slowest.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { startWorkerBackend } from "@goshawk/engine";
import { generateEstate, remoteTools } from "@goshawk/estate";
import { loadRulePaths, loadRules, runHunt } from "@goshawk/hunt";
import { openStore, schemasModule } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";

const SLOWEST = 10;

export async function huntBench({ store: given, rules: folder, rows, runs }) {
  const work = await mkdtemp(join(tmpdir(), "goshawk-bench-"));
  try {
    const store = await openStore(given ?? join(work, "store"));
    if (given === undefined) await fill(store, join(work, "estate"), rows);
    const { tables } = await store.snapshot();
    const stored = new Map(tables.map((table) => [table.name, table]));
    const open = () =>
      startWorkerBackend({ tables, schemas: schemasModule, folders: [store.folder], threads: availableParallelism() });
    const total = tables.reduce((sum, table) => sum + table.rows, 0);
    const certificates = stored.get("DeviceFileCertificateInfo")?.rows ?? 0;
    const lines = [`${total.toLocaleString("en")} rows, ${certificates.toLocaleString("en")} of certificates`];
    lines.push(...(await compareSigners(open, stored, runs)));
    lines.push(...(await everyRule(open, folder)));
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

async function compareSigners(open, stored, runs) {
  const all = signerRules();
  const [one, many] = [[], []];
  for (let run = 0; run < runs; run++) {
    one.push(await timed(open, all.slice(0, 1), stored));
    many.push(await timed(open, all, stored));
  }
  const [a, b] = [median(one), median(many)];
  return [
    `1 signer rule: ${seconds(a)}; ${all.length} signer rules: ${seconds(b)}, ${(b / a).toFixed(1)} times as long (limit 5), ${Math.round((1000 * all.length) / b)} rules a second (medians of ${runs} runs, each with a fresh engine)`,
  ];
}

/** From opening the engine to the last answer, as a hunt from the command line. */
async function timed(open, rules, stored) {
  const started = performance.now();
  const backend = open();
  try {
    const outcomes = await runHunt(rules, backend, {
      now: "latest",
      stored,
      today: "2026-11-01",
      eventTime: () => "Timestamp",
    });
    const wrong = outcomes.filter((outcome) => !("findings" in outcome));
    if (wrong.length > 0) throw new Error(JSON.stringify(wrong[0]));
    return performance.now() - started;
  } finally {
    await backend.close();
  }
}

async function everyRule(open, folder) {
  const files = await loadRulePaths([folder], { from: process.cwd() });
  const rules = files.flatMap((file) => file.rules);
  const backend = open();
  const done = [];
  let refused = 0;
  try {
    const started = performance.now();
    for (const { name, query } of rules) {
      const outcome = await backend
        .query({ text: query, now: "latest", timeoutMs: 60_000 })
        .catch((error) => ({ error }));
      if (outcome.ok === true) done.push({ name, ...outcome });
      else refused++;
    }
    const took = performance.now() - started;
    const slowest = done.toSorted((a, b) => b.compileMs + b.runMs - a.compileMs - a.runMs).slice(0, SLOWEST);
    const sum = (pick) => done.reduce((total, item) => total + item[pick], 0);
    return [
      `${rules.length} rules of ${folder} in ${seconds(took)}: ${((1000 * rules.length) / took).toFixed(1)} a second; compiling ${seconds(sum("compileMs"))}, running ${seconds(sum("runMs"))}; ${refused} could not run`,
      "slowest:",
      ...slowest.map(explained),
    ];
  } finally {
    await backend.close();
  }
}

function explained({ name, compileMs, runMs, tables, table, query: _ }) {
  const why = compileMs > runMs ? "compiling" : `reading ${tables.join(", ")}`;
  return `  ${name}: ${Math.round(compileMs + runMs)} ms, ${Math.round(compileMs)} of them compiling; mostly ${why}; ${table.rows.length} rows`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
