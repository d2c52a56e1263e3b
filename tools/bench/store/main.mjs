import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "@goshawk/engine/duckdb";
import { openStore } from "@goshawk/store";
import { openPlanner } from "@goshawk/store/planner";
import * as schemas from "@goshawk/store/schemas";
import { parse } from "yaml";
import { certificates, NOW, processes } from "./data.mjs";
import { fill } from "./fill.mjs";
import { exponent, inTurns } from "./measure.mjs";
import { openPeer } from "./peer.mjs";
import { absent, broad, founding, nothing, rare } from "./questions.mjs";
import { keep } from "./results.mjs";

const HITS = 200;
const RARE_HITS = 40;

/** The measures of the store, each a ratio within one run. */
export async function storeBench({ rows, growth, commands, runs, folder }) {
  const root = await mkdtemp(join(folder ?? tmpdir(), "goshawk-bench-"));
  const measures = [];
  const note = (measure) => {
    measures.push(measure);
    console.error(`  ${measure.name}: ${measure.said} (aim: ${measure.aim})`);
  };
  try {
    const times = [];
    for (const size of [...new Set([...growth, rows])].sort((a, b) => a - b)) {
      const at = join(root, String(size));
      times.push({ rows: size, ms: await certificatesBench(size, { at, runs, peered: size === rows, note }) });
      await rm(at, { recursive: true, force: true });
    }
    const grown = times.filter((point) => growth.includes(point.rows));
    if (grown.length > 1)
      note({
        name: "growth of the founding query, hits held fixed",
        said: `exponent ${exponent(grown).toFixed(2)} (${grown.map((point) => `${point.rows / 1e6} M: ${point.ms.toFixed(1)} ms`).join(", ")})`,
        value: exponent(grown),
        aim: "at most 0.3",
      });
    await commandsBench(commands, { at: join(root, "commands"), runs, note });
    note({
      name: "a rare term against ClickHouse's text index",
      said: "not measured: chdb is not installed",
      aim: "at most 4 times",
    });
    return await keep(measures, { rows, growth, commands, runs });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function certificatesBench(size, { at, runs, peered, note }) {
  await mkdir(join(at, "parquet"), { recursive: true });
  const peer = peered ? await openPeer(at) : undefined;
  const sizes = await fill(certificates(Math.floor(size / HITS)), size, {
    folder: at,
    peer,
    parquet: peered ? join(at, "parquet") : undefined,
  });
  const session = await sessionOver(at);
  try {
    const ours = () => answer(session, founding.kql);
    if (peer === undefined) return (await inTurns({ ours }, runs * 2)).ours.least;
    const [{ rows: found }, expected] = [await ours(), await peer.rows(founding.sql)];
    if (found.length !== expected.length) throw new Error(`${found.length} groups, and ${expected.length} by hand`);
    const { ours: mine, hand } = await inTurns({ ours, hand: () => peer.rows(founding.sql) }, runs);
    note(ratio("founding query, last 5 days, against SQL by hand on a plain DuckDB table", mine, hand, "at most 0.1"));
    const wide = await inTurns({ ours: () => answer(session, broad.kql), hand: () => peer.rows(broad.sql) }, runs);
    note(ratio("count by device and day, everything, against plain DuckDB", wide.ours, wide.hand, "at most 1.2"));
    await signersBench(session, runs, note);
    const disk = (sizes.segments + sizes.indexes) / sizes.parquet;
    note({
      name: "disk with indexes, against Parquet zstd of the same rows",
      said: `${disk.toFixed(2)} (segments ${mb(sizes.segments)}, indexes ${mb(sizes.indexes)}, Parquet ${mb(sizes.parquet)}, DuckDB ${mb(sizes.duckdb)}; written in ${sizes.cpuSeconds.toFixed(0)} s of CPU)`,
      value: disk,
      aim: "at most 1.5",
    });
    return mine.least;
  } finally {
    session.close();
    peer?.close();
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
  await mkdir(join(at, "parquet"), { recursive: true });
  const peer = await openPeer(at);
  const sizes = await fill(processes(Math.floor(size / RARE_HITS)), size, {
    folder: at,
    peer,
    parquet: join(at, "parquet"),
  });
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
    const disk = (sizes.segments + sizes.indexes) / sizes.parquet;
    note({
      name: "disk of the command lines with indexes, against Parquet zstd",
      said: `${disk.toFixed(2)} (segments ${mb(sizes.segments)}, indexes ${mb(sizes.indexes)}, Parquet ${mb(sizes.parquet)}, DuckDB ${mb(sizes.duckdb)}; written in ${sizes.cpuSeconds.toFixed(0)} s of CPU)`,
      value: disk,
      aim: "at most 1.5",
    });
  } finally {
    session.close();
    peer.close();
  }
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
