// Stores, compacts and retains made-up rows until it is killed, saying on stdout what it has done:
// node workingProcess.mjs <store> <what to begin with: 0, 1 or 2> <texts | parquet>
// As texts, segments are lines that this script merges and filters itself: most of the time then goes into the store's
// own work, not into starting an engine.
import { writeSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openStore } from "../../dist/store/store.js";

const ROWS = 12;
const DAY = 864_000_000_000n;
const START = 639_000_000_000_000_000n;
const columns = [
  { name: "TimeGenerated", type: "datetime", physical: "TimeGenerated" },
  { name: "File", type: "long", physical: "File" },
  { name: "Row", type: "long", physical: "Row" },
];
const say = (text) => writeSync(1, `${text}\n`);

const store = await openStore(process.argv[2]);
const work = process.argv[4] === "parquet" ? await asParquet() : asTexts();
const steps = [ingest, work.compact, retain];

say("ready");
for (let step = Number(process.argv[3]); ; step++) await steps[step % steps.length]();

/** A file's rows lie one a day from the file's own day on. */
async function ingest() {
  await store.write(async (writer) => {
    for (let number = 0; number < 3; number++) {
      const file = writer.state.sources.size;
      const id = `source${file}`;
      const path = join(writer.workFolder, `${id}.parquet`);
      const segment = await work.write(path, file, id);
      const nothing = { unconverted: [], rejected: 0, problems: [], notes: [] };
      const facts = { path, format: "made", bytes: 1, sha256: id, at: new Date().toISOString() };
      await writer.commit({ id, ...facts, ...nothing }, [segment]);
      say(`stored ${file}`);
    }
  });
}

async function retain() {
  const before = START + BigInt((await store.sources()).length - 4) * DAY;
  say(`retaining ${before}`);
  await work.retain(before);
  say(`retained ${before}`);
}

async function asParquet() {
  const { openDatabase } = await import("../../../engine/dist/duckdb/database.js");
  const { writeSegmentFile } = await import("../../dist/store/segmentFile.js");
  const upkeep = await import("../../dist/upkeep/index.js");
  const database = await openDatabase({ folders: [`${store.folder}/`], threads: 1 });
  const connection = await database.connect();
  return {
    write: async (path, file, id) => {
      const time = `${START} + (${file} + r) * ${DAY}`;
      const rows = `select ${time} as "TimeGenerated", ${file} as "File", r as "Row", '${id}' as _source, r + 1 as _line, cast(null as varchar) as _unconverted from range(${ROWS}) t(r)`;
      return (await writeSegmentFile({ table: "Made_CL", columns, rows, path }, connection)).segment;
    },
    compact: () => upkeep.compact({ store, size: { rows: 40, bytes: 2 ** 20 }, graceMs: 0 }),
    retain: (before) => upkeep.retain({ store, before, dryRun: false, graceMs: 0 }),
  };
}

function asTexts() {
  const segmentOf = (path, lines) => {
    const counts = new Map();
    for (const line of lines) counts.set(line.split(" ")[3], (counts.get(line.split(" ")[3]) ?? 0) + 1);
    const sources = [...counts].map(([id, rows]) => ({ id, rows }));
    return { table: "Made_CL", path, rows: lines.length, firstEvent: null, lastEvent: null, columns, sources };
  };
  const rewrite = (kind, keep) =>
    store.write(async (writer) => {
      const removed = [...writer.state.segments.keys()];
      const texts = await Promise.all(removed.map((file) => readFile(join(store.folder, file), "utf8")));
      const lines = texts.flatMap((text) => text.split("\n").filter((line) => line !== "" && keep(line)));
      const path = join(writer.workFolder, "rewritten.parquet");
      await writeFile(path, lines.join("\n"));
      await writer.replace({ work: kind, removed, added: lines.length === 0 ? [] : [segmentOf(path, lines)] });
      await writer.sweep(0);
    });
  return {
    write: async (path, file, id) => {
      const lines = Array.from({ length: ROWS }, (_, row) => `${file} ${row} ${row + 1} ${id}`);
      await writeFile(path, lines.join("\n"));
      return segmentOf(path, lines);
    },
    compact: () => rewrite("compact", () => true),
    retain: (before) =>
      rewrite("retain", (line) => {
        const [file, row] = line.split(" ");
        return START + BigInt(Number(file) + Number(row)) * DAY >= before;
      }),
  };
}
