import { compile } from "@goshawk/kql";
import { table, tableNames } from "@goshawk/store/schemas";
import { readRuleRecords, sharedFolder } from "@goshawk/testkit";

/** 2024-06-30 */
const NOW = 638_553_024_000_000_000n;
const SLOWEST = 5;
const names = tableNames();
const nothingStored = { relation: undefined, columns: new Map() };

/**
 * How long the published rules take from text to SQL, warm, and which phase takes it; on a busy machine the processor's
 * time tells more.
 */
export async function compileBench({ folder = sharedFolder("rules"), sample }) {
  if (folder === undefined) return "compile: no folder of rule records; name one with --rules";
  const all = [];
  for await (const record of readRuleRecords(folder)) all.push(record);
  const step = sample === undefined ? 1 : Math.max(1, Math.floor(all.length / Number(sample)));
  const records = all.filter((_, index) => index % step === 0);
  for (const record of records) timed(record.query);
  const found = records.map((record) => ({ record, ...timed(record.query) })).filter(({ ok }) => ok);
  return report(found, records.length);
}

function timed(text) {
  const phases = new Map();
  let phase;
  let since = performance.now();
  const began = since;
  const usage = process.cpuUsage();
  const onPhase = (next) => {
    const now = performance.now();
    if (phase !== undefined) phases.set(phase, (phases.get(phase) ?? 0) + now - since);
    [phase, since] = [next, now];
  };
  const { ok } = compile(text, { now: NOW, table, tableNames: () => names, layout: () => nothingStored, onPhase });
  onPhase(undefined);
  const { user, system } = process.cpuUsage(usage);
  return { ok, ms: performance.now() - began, cpuMs: (user + system) / 1000, phases };
}

function report(found, of) {
  const total = found.reduce((sum, { ms }) => sum + ms, 0);
  const phases = [...new Set(found.flatMap((item) => [...item.phases.keys()]))];
  const lines = phases.map((phase) => {
    const times = found.map((item) => item.phases.get(phase) ?? 0);
    const share = (times.reduce((sum, ms) => sum + ms, 0) / total) * 100;
    return `  ${phase.padEnd(8)} ${share.toFixed(0).padStart(3)} %   ${spread(times)}`;
  });
  const slow = [...found].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
  return [
    `compile, warm: ${found.length} of ${of} rules compile without anything from outside`,
    `  all             ${spread(found.map(({ ms }) => ms))}`,
    `  processor       ${spread(found.map(({ cpuMs }) => cpuMs))}`,
    ...lines,
    "  slowest:",
    ...slow.map(({ ms, record }) => `  ${ms.toFixed(0)} ms  ${record.repo}/${record.path}`),
    "",
  ].join("\n");
}

function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return `p50 ${at(0.5).padStart(6)} ms   p95 ${at(0.95).padStart(6)} ms   p99 ${at(0.99).padStart(6)} ms`;
}
