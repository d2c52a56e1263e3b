import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Session } from "@goshawk/engine/duckdb";
import { openStore } from "@goshawk/store";
import { openPlanner } from "@goshawk/store/planner";
import * as schemas from "@goshawk/store/schemas";
import { compact } from "@goshawk/store/upkeep";
import { parse } from "yaml";
import { certificates, DAYS, fewColumns, NOW, processes } from "./data.mjs";
import { filled } from "./fill.mjs";
import { exponent, inTurns } from "./measure.mjs";
import { openPeer } from "./peer.mjs";
import { absent, broad, founding, nothing, rare } from "./questions.mjs";
import { keep } from "./results.mjs";

const HITS = 200;
const RARE_HITS = 40;

/** The measures of the store, each a ratio within one run; what is made of data stays in `folder` for the next run. */
export async function storeBench({ rows, growth, commands, runs, folder }) {
  const root = folder === undefined ? await mkdtemp(join(tmpdir(), "goshawk-bench-")) : resolve(folder);
  const measures = [];
  const note = (measure) => {
    measures.push(measure);
    console.error(`  ${measure.name}: ${measure.said} (aim: ${measure.aim})`);
  };
  try {
    await certificatesBench(rows, { at: join(root, `certificates-${rows}`), runs, note });
    await growthBench(
      [...growth].sort((a, b) => a - b),
      { root, runs, note },
    );
    await commandsBench(commands, { at: join(root, `commands-${commands}`), runs, note });
    note({
      name: "a rare term against ClickHouse's text index",
      said: "not measured: chdb is not installed",
      aim: "at most 4 times",
    });
    return await keep(measures, { rows, growth, commands, runs });
  } finally {
    if (folder === undefined) await rm(root, { recursive: true, force: true });
  }
}

async function certificatesBench(size, { at, runs, note }) {
  const made = await filled(at, certificates(Math.floor(size / HITS)), size, { compared: true });
  const peer = await openPeer(at);
  const session = await sessionOver(at);
  try {
    const ours = () => answer(session, founding.kql);
    const [{ rows: found }, expected] = [await ours(), await peer.rows(founding.sql)];
    if (found.length !== expected.length) throw new Error(`${found.length} groups, and ${expected.length} by hand`);
    const { ours: mine, hand } = await inTurns({ ours, hand: () => peer.rows(founding.sql) }, runs);
    note(ratio("founding query, last 5 days, against SQL by hand on a plain DuckDB table", mine, hand, "at most 0.1"));
    const wide = await inTurns({ ours: () => answer(session, broad.kql), hand: () => peer.rows(broad.sql) }, runs);
    note(ratio("count by device and day, everything, against plain DuckDB", wide.ours, wide.hand, "at most 1.2"));
    await signersBench(session, runs, note);
  } finally {
    session.close();
    peer.close();
  }
  note(diskMeasure("disk with indexes, against Parquet zstd of the same rows", made));
  note(writingMeasure("segments of certificates", size, made));
}

/** The founding query over ever more rows with the same hits; and what compaction does to the smallest of these stores. */
async function growthBench(sizes, { root, runs, note }) {
  const points = [];
  for (const size of sizes) {
    const at = join(root, `growth-${size}`);
    await filled(at, fewColumns(Math.floor(size / HITS)), size);
    points.push({ rows: size, ms: (await foundingTime(at, runs * 2)).least });
  }
  if (points.length > 1)
    note({
      name: "growth of the founding query, hits held fixed",
      said: `exponent ${exponent(points).toFixed(2)} (${points.map((point) => `${point.rows / 1e6} M: ${point.ms.toFixed(1)} ms`).join(", ")})`,
      value: exponent(points),
      aim: "at most 0.3",
    });
  const [least] = points;
  if (least !== undefined) await compactionBench(least, { root, runs, note });
}

async function compactionBench({ rows, ms: before }, { root, runs, note }) {
  const at = join(root, "compacted");
  try {
    await cp(join(root, `growth-${rows}`), at, { recursive: true });
    const store = await openStore(join(at, "store"));
    const { merging } = await inTurns({ merging: () => compact({ store, graceMs: 0 }) }, 1);
    const [{ segments }] = (await store.snapshot()).tables;
    const { least: after } = await foundingTime(at, runs * 2);
    note({
      name: `compaction of ${rows / 1e6} M rows from ${DAYS} files into ${segments.length}`,
      said: `${(rows / merging.least / 1000).toFixed(2)} M rows a second; the founding query ${before.toFixed(1)} ms before and ${after.toFixed(1)} ms after`,
      value: rows / merging.least,
      aim: "none",
    });
  } finally {
    await rm(at, { recursive: true, force: true });
  }
}

async function foundingTime(at, runs) {
  const session = await sessionOver(at);
  try {
    return (await inTurns({ ours: () => answer(session, founding.kql) }, runs)).ours;
  } finally {
    session.close();
  }
}

/** All rules that look for a signer, as rules one by one, and as one question, against one rule. */
async function signersBench(session, runs, note) {
  const folder = new URL("../../../content/remote-management/", import.meta.url);
  const queries = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith("-signer.yaml")))
    queries.push(parse(await readFile(new URL(name, folder), "utf8")).query);
  const [one] = queries;
  const { all, alone } = await inTurns(
    {
      alone: () => answer(session, one),
      all: async () => {
        for (const query of queries) await answer(session, query);
      },
    },
    Math.max(2, Math.floor(runs / 2)),
  );
  note(ratio(`${queries.length} signer rules, one after another in one engine, against one`, all, alone, "at most 5"));
}

async function commandsBench(size, { at, runs, note }) {
  const made = await filled(at, processes(Math.floor(size / RARE_HITS)), size, { compared: true });
  const peer = await openPeer(at);
  const session = await sessionOver(at);
  try {
    const hand = Object.fromEntries(rare.sql.map((sql, number) => [`hand${number}`, () => peer.rows(sql)]));
    const { ours, ...scans } = await inTurns({ ours: () => answer(session, rare.kql), ...hand }, runs);
    const best = Object.values(scans).sort((a, b) => a.least - b.least)[0];
    note({
      name: `a rare term in ${size / 1e6} M command lines, against the best full scan`,
      said: `${(best.least / ours.least).toFixed(1)} times faster (${ms(ours)} and ${ms(best)}); of CPU ${(best.cpu / ours.cpu).toFixed(1)}`,
      value: best.least / ours.least,
      aim: "at least 12 times",
    });
    const none = await inTurns(
      { ours: () => answer(session, absent.kql), nothing: () => answer(session, nothing) },
      runs * 2,
    );
    note(ratio("an absent term, against a query of no rows", none.ours, none.nothing, "under 1.5"));
  } finally {
    session.close();
    peer.close();
  }
  note(diskMeasure("disk of the command lines with indexes, against Parquet zstd", made));
  note(writingMeasure("segments of command lines", size, made));
}

function diskMeasure(name, { segments, indexes, parquet, duckdb }) {
  const value = (segments + indexes) / parquet;
  return {
    name,
    said: `${value.toFixed(2)} (segments ${mb(segments)}, indexes ${mb(indexes)}, Parquet ${mb(parquet)}, DuckDB ${mb(duckdb)})`,
    value,
    aim: "at most 1.5",
  };
}

function writingMeasure(name, rows, { cpu }) {
  const value = cpu.segments / cpu.parquet;
  return {
    name: `${name} with order and index, against COPY of the same rows to Parquet`,
    said: `${value.toFixed(1)} of its CPU (${(rows / 1e6 / cpu.segments).toFixed(2)} M rows a second of CPU)`,
    value,
    aim: "none",
  };
}

async function sessionOver(folder) {
  const { tables } = await (await openStore(join(folder, "store"))).snapshot();
  return Session.open({ schemas, openPlanner, tables, folders: [`${folder}/`], threads: 2, memoryLimit: "6GB" });
}

async function answer(session, text) {
  const outcome = await session.run({ text, now: NOW });
  if (!outcome.ok) throw new Error(`${text}\n${outcome.diagnostics.map((item) => item.message).join("\n")}`);
  return outcome.table;
}

function ratio(name, ours, theirs, aim) {
  const value = ours.least / theirs.least;
  const work = ours.cpu / theirs.cpu;
  return {
    name,
    said: `${value.toFixed(3)} (${ms(ours)} and ${ms(theirs)}); of CPU ${work.toFixed(3)}`,
    value,
    work,
    aim,
  };
}

const ms = ({ least }) => `${least.toFixed(1)} ms`;
const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
