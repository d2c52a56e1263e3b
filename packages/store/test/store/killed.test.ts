import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { tidy, workshop } from "../temporary.ts";

const KILLS = 20;
const FILES = 8;
const ROWS = 500;

afterAll(tidy);

/** Says what the process reported before it was killed, `delay` ms after it started to work. */
function ingestUntilKilled(store: string, input: string, delay: number): Promise<string> {
  const script = fileURLToPath(new URL("./ingestingProcess.mjs", import.meta.url));
  const child = spawn(process.execPath, [script, store, input], { stdio: ["ignore", "pipe", "inherit"] });
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

test("kill -9 at any moment of ingest: what was reported is stored, once, and nothing is half there", async () => {
  const { file, folder, store, rows, ingest } = await workshop();
  for (let number = 0; number < FILES; number++) {
    const lines = Array.from({ length: ROWS }, (_, row) =>
      JSON.stringify({ TimeGenerated: "2026-03-04T09:05:07Z", File: number, Row: row }),
    );
    await file(`made${number}.jsonl`, `${lines.join("\n")}\n`);
  }
  const reported = new Set<string>();
  for (let kill = 0; kill < KILLS; kill++) {
    // Spread over start-up, the first files and the last ones; each round goes on where the last one was stopped.
    const said = await ingestUntilKilled(store.folder, join(folder, "in"), (kill * 37) % 400);
    for (const [, sha256 = ""] of said.matchAll(/^stored (\S+) /gm)) {
      expect(reported.has(sha256)).toBe(false);
      reported.add(sha256);
    }
    const sources = await store.sources();
    const stored = new Set(sources.map((source) => source.sha256));
    expect([...reported].filter((sha256) => !stored.has(sha256))).toEqual([]);
    expect(stored.size).toBe(sources.length);
    expect(sources.map((source) => source.rows)).toEqual(sources.map(() => ROWS));
    const { tables } = await store.snapshot();
    const existing = new Set(await filesBelow(store.folder));
    expect(tables.flatMap((table) => table.files).filter((path) => !existing.has(path))).toEqual([]);
  }
  const last = await ingest(join(folder, "in"));
  expect(last.failed).toEqual([]);
  expect(last.stored.length + last.known.length).toBe(FILES);
  expect(
    await Promise.all(
      Array.from({ length: FILES }, (_, number) =>
        rows(`made${number}_CL | summarize count(), dcount(Row), min(Row), max(Row)`),
      ),
    ),
  ).toEqual(Array.from({ length: FILES }, () => [[String(ROWS), expect.any(String), "0", String(ROWS - 1)]]));
  const named = new Set((await store.snapshot()).tables.flatMap((table) => table.files));
  const left = (await filesBelow(store.folder)).filter(
    (path) => !named.has(path) && !/log\/(commit|checkpoint)-\d{10}$/.test(path),
  );
  expect(left).toEqual([]);
}, 300_000);
