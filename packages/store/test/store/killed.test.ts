import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Database, openDatabase } from "@goshawk/engine/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore, type Store } from "../../src/store/store.ts";
import { tidy, workshop } from "../temporary.ts";

/** A hundred in all: ingest as a user runs it, and a process that stores, compacts and retains without end. */
const INGEST_KILLS = 10;
const PARQUET_KILLS = 20;
const TEXT_KILLS = 70;

let database: Database;

beforeAll(async () => {
  database = await openDatabase({ folders: ["/"], threads: 1 });
});

afterAll(async () => {
  database.close();
  await tidy();
});

/** Says what the process reported before it was killed, `delay` ms after it started to work. */
function runUntilKilled(script: string, args: readonly string[], delay: number): Promise<string> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  let timer: NodeJS.Timeout | undefined;
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    timer ??= setTimeout(() => child.kill("SIGKILL"), delay);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  // Killed early, it has made no folder yet.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function expectNothingLeft(store: Store): Promise<void> {
  await store.write((writer) => writer.sweep(0));
  const named = new Set((await store.snapshot()).tables.flatMap((table) => table.files));
  const left = (await filesBelow(store.folder)).filter(
    (path) => !named.has(path) && !/log\/(commit|checkpoint)-\d{10}$/.test(path),
  );
  expect(left).toEqual([]);
}

test("kill -9 at any moment of ingest: what was reported is stored, once, and nothing is half there", async () => {
  const [files, rowsEach] = [6, 500];
  const { file, folder, store, rows, ingest } = await workshop();
  for (let number = 0; number < files; number++) {
    const lines = Array.from({ length: rowsEach }, (_, row) =>
      JSON.stringify({ TimeGenerated: "2026-03-04T09:05:07Z", File: number, Row: row }),
    );
    await file(`made${number}.jsonl`, `${lines.join("\n")}\n`);
  }
  const reported = new Set<string>();
  for (let kill = 0; kill < INGEST_KILLS; kill++) {
    // Spread over start-up, the first files and the last ones; each round goes on where the last one was stopped.
    const delay = (kill * 37) % 400;
    const said = await runUntilKilled("./ingestingProcess.mjs", [store.folder, join(folder, "in")], delay);
    for (const [, sha256 = ""] of said.matchAll(/^stored (\S+) /gm)) {
      expect(reported.has(sha256)).toBe(false);
      reported.add(sha256);
    }
    const sources = await store.sources();
    const stored = new Set(sources.map((source) => source.sha256));
    expect([...reported].filter((sha256) => !stored.has(sha256))).toEqual([]);
    expect(stored.size).toBe(sources.length);
    expect(sources.map((source) => source.rows)).toEqual(sources.map(() => rowsEach));
    const { tables } = await store.snapshot();
    const existing = new Set(await filesBelow(store.folder));
    expect(tables.flatMap((table) => table.files).filter((path) => !existing.has(path))).toEqual([]);
  }
  const last = await ingest(join(folder, "in"));
  expect(last.failed).toEqual([]);
  expect(last.stored.length + last.known.length).toBe(files);
  expect(
    await Promise.all(
      Array.from({ length: files }, (_, number) =>
        rows(`made${number}_CL | summarize count(), dcount(Row), min(Row), max(Row)`),
      ),
    ),
  ).toEqual(Array.from({ length: files }, () => [[String(rowsEach), expect.any(String), "0", String(rowsEach - 1)]]));
  await expectNothingLeft(store);
}, 300_000);

/** As workingProcess.mjs makes them. */
const ROWS = 12;
const DAY = 864_000_000_000n;
const START = 639_000_000_000_000_000n;

/** The rows of files below `files` that are not older than `before`, as `<file> <row> <times>`. */
function expectedRows(files: number, before: bigint): string {
  const rows: string[] = [];
  for (let file = 0; file < files; file++)
    for (let row = 0; row < ROWS; row++)
      if (START + BigInt(file + row) * DAY >= before) rows.push(`${file} ${row} ${row + 1} source${file}`);
  return rows.sort().join("\n");
}

async function storedTexts(store: Store): Promise<string> {
  const files = (await store.snapshot()).tables.flatMap((table) => table.files);
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts
    .flatMap((text) => text.split("\n"))
    .sort()
    .join("\n");
}

async function storedRows(store: Store): Promise<string> {
  const [table] = (await store.snapshot()).tables;
  if (table === undefined) return "";
  const connection = await database.connect();
  try {
    const files = table.files.map((file) => `'${file}'`).join(", ");
    const reader = await connection.runAndReadAll(`select "File", "Row", _line, _source from read_parquet([${files}])`);
    return reader
      .getRows()
      .map((row) => row.join(" "))
      .sort()
      .join("\n");
  } finally {
    connection.closeSync();
  }
}

async function killAgainAndAgain(
  form: "parquet" | "texts",
  kills: number,
  rowsOf: (store: Store) => Promise<string>,
): Promise<void> {
  const { folder } = await workshop();
  const store = await openStore(join(folder, "store"));
  let reported = 0;
  let [started, finished] = [0n, 0n];
  for (let kill = 0; kill < kills; kill++) {
    const delay = (kill * 67) % 211;
    const said = await runUntilKilled("./workingProcess.mjs", [store.folder, String(kill % 3), form], delay);
    for (const [, file = ""] of said.matchAll(/^stored (\d+)$/gm)) reported = Math.max(reported, Number(file) + 1);
    for (const [, before = "0"] of said.matchAll(/^retaining (-?\d+)$/gm)) started = BigInt(before);
    for (const [, before = "0"] of said.matchAll(/^retained (-?\d+)$/gm)) finished = BigInt(before);
    const sources = await store.sources();
    expect(sources.length).toBeGreaterThanOrEqual(reported);
    const stored = await rowsOf(store);
    const either = [expectedRows(sources.length, finished), expectedRows(sources.length, started)];
    expect(either, `after kill ${kill}, ${delay} ms into the work`).toContain(stored);
    const counted = stored === "" ? 0 : stored.split("\n").length;
    expect((await store.snapshot()).tables[0]?.rows ?? 0).toBe(counted);
    expect(sources.reduce((sum, source) => sum + source.rows - source.removed, 0)).toBe(counted);
    // A retention that was cut short is either done or not begun.
    if (stored === expectedRows(sources.length, started)) finished = started;
  }
  expect(reported).toBeGreaterThan(0);
  expect(finished).toBeGreaterThan(0n);
  await expectNothingLeft(store);
}

test("kill -9 at any moment of ingest, compaction and retention: nothing is lost, doubled or half there", async () => {
  await Promise.all([
    killAgainAndAgain("parquet", PARQUET_KILLS, storedRows),
    killAgainAndAgain("texts", TEXT_KILLS, storedTexts),
  ]);
}, 300_000);
