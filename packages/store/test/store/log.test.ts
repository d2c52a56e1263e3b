import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { appendCommit, readState } from "../../src/store/log.ts";
import type { Commit } from "../../src/store/state.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { tidy, workshop } from "../temporary.ts";

afterAll(tidy);

const rows = (name: string, count: number): string =>
  Array.from(
    { length: count },
    (_, row) => `${JSON.stringify({ TimeGenerated: "2026-03-04T09:05:07Z", [name]: row })}\n`,
  ).join("");

async function log(store: Store, kind: string): Promise<readonly string[]> {
  const names = await readdir(join(store.folder, "log"));
  return names
    .filter((name) => name.startsWith(kind))
    .sort()
    .map((name) => join(store.folder, "log", name));
}

/** Commits that change nothing but the generation. */
async function emptyCommits(store: Store, count: number): Promise<void> {
  await store.write(async (writer) => {
    for (let number = 0; number < count; number++) await writer.replace({ work: "compact", removed: [], added: [] });
  });
}

test("a store with a manifest of version 1 is read, and keeps its rows and receipts when it is written to", async () => {
  const { take, store, folder, rows: answer, file, ingest } = await workshop();
  const receipt = await take("made.jsonl", rows("Row", 3));
  const [segment] = (await store.snapshot()).tables[0]?.segments ?? [];
  // As version 1 wrote it.
  const manifest = {
    version: 1,
    generation: 7,
    segments: [
      {
        table: "made_CL",
        file: `segments/made_CL/${receipt.id}-0.parquet`,
        rows: 3,
        bytes: segment?.bytes,
        firstEvent: "639082263070000000",
        lastEvent: "639082263070000000",
        source: receipt.id,
        columns: [
          { name: "TimeGenerated", type: "datetime", physical: "TimeGenerated" },
          { name: "Row", type: "long", physical: "Row" },
        ],
      },
    ],
    sources: [
      {
        id: receipt.id,
        path: receipt.path,
        format: "JSON lines",
        bytes: receipt.bytes,
        sha256: receipt.sha256,
        at: receipt.at,
        unconverted: [],
        rejected: 0,
        problems: [],
        notes: [],
      },
    ],
  };
  await rm(join(store.folder, "log"), { recursive: true });
  await writeFile(join(store.folder, "manifest-0000000007.json"), JSON.stringify(manifest));
  expect((await store.snapshot()).version).toBe(7);
  expect(await answer("made_CL | summarize count(), max(Row)")).toEqual([["3", "2"]]);
  expect((await ingest(await file("more.jsonl", rows("Row", 2)))).stored).toHaveLength(1);
  expect((await store.sources()).map((source) => [source.id === receipt.id, source.rows, source.removed])).toEqual([
    [true, 3, 0],
    [false, 2, 0],
  ]);
  expect((await ingest(join(folder, "in", "made.jsonl"))).known).toHaveLength(1);
  expect(await readdir(store.folder)).not.toContain("manifest-0000000007.json");
  expect((await store.snapshot()).version).toBe(8);
});

test("a damaged commit is named, and nothing is guessed", async () => {
  const { take, store } = await workshop();
  await take("made.jsonl", rows("Row", 3));
  const [path = ""] = await log(store, "commit");
  await writeFile(path, (await readFile(path, "utf8")).replace('"rows":3', '"rows":4'));
  await expect(store.snapshot()).rejects.toThrow(`${path} is damaged`);
});

test("a commit that is missing between others is named, not passed over", async () => {
  const { store } = await workshop();
  await emptyCommits(store, 3);
  const [, second = ""] = await log(store, "commit");
  await rm(second);
  await expect(store.snapshot()).rejects.toThrow(`${second} is missing`);
});

test("a commit of a newer Goshawk is refused, not misread", async () => {
  const { store } = await workshop();
  const body = JSON.stringify({ version: 3, generation: 1 });
  const { createHash } = await import("node:crypto");
  await mkdir(join(store.folder, "log"), { recursive: true });
  const text = `${createHash("sha256").update(body).digest("hex")}\n${body}\n`;
  await writeFile(join(store.folder, "log", "commit-0000000001"), text);
  await expect(store.snapshot()).rejects.toThrow("use a newer Goshawk");
});

test("a damaged checkpoint costs nothing: the one before it and the commits since say the same", async () => {
  const { take, store } = await workshop();
  await take("made.jsonl", rows("Row", 3));
  await emptyCommits(store, 300);
  const before = await store.snapshot();
  const checkpoints = await log(store, "checkpoint");
  expect(checkpoints.length).toBe(2);
  await writeFile(checkpoints.at(-1) ?? "", "x\n{}\n");
  expect(await store.snapshot()).toEqual(before);
});

test("a reader beside a writer sees whole generations that never go back", async () => {
  const { store } = await workshop();
  let writing = true;
  const writes = emptyCommits(store, 400).finally(() => {
    writing = false;
  });
  const versions: number[] = [];
  while (writing) versions.push((await (await openStore(store.folder)).snapshot()).version);
  await writes;
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
  expect((await store.snapshot()).version).toBe(400);
});

test("a writer whose lock failed it can't take the place of another one's commit", async () => {
  const { store } = await workshop();
  await emptyCommits(store, 1);
  const [one, other] = [await readState(store.folder), await readState(store.folder)];
  const commit: Commit = {
    generation: 2,
    at: "2026-11-24T00:00:00Z",
    work: "compact",
    segments: [],
    sources: [],
    removed: [],
    swept: [],
  };
  await appendCommit(store.folder, one, commit);
  await expect(appendCommit(store.folder, other, commit)).rejects.toThrow("another process wrote into the store");
  expect((await store.snapshot()).version).toBe(2);
});

test("a store inside a folder that is ingested is passed over", async () => {
  const { take, store, folder, ingest, file } = await workshop();
  await take("made.jsonl", rows("Row", 3));
  await file("store/keep.jsonl", rows("Row", 1));
  await mkdir(join(folder, "in", "store", "segments"), { recursive: true });
  await mkdir(join(folder, "in", "store", "log"));
  const [commit = ""] = await log(store, "commit");
  await copyFile(commit, join(folder, "in", "store", "log", "commit-0000000001"));
  const report = await ingest(join(folder, "in"));
  expect([report.stored.length, report.known.length, report.failed]).toEqual([0, 1, []]);
});
