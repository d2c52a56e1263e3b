import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Session } from "@goshawk/engine/duckdb";
import { afterAll, expect, test } from "vitest";
import * as schemas from "../../src/schemas.ts";
import { ask, tidy, workshop } from "../temporary.ts";
import { zipOf } from "../zip.ts";

afterAll(tidy);

const made = (count: number, from = 0): string =>
  Array.from(
    { length: count },
    (_, row) =>
      `${JSON.stringify({ TimeGenerated: new Date(Date.UTC(2026, 2, 4, 0, 0, from + row)).toISOString(), Row: from + row })}\n`,
  ).join("");

test("a receipt says where the rows came from, when they happened, and what the file was", async () => {
  const { take, store } = await workshop();
  const content = made(10);
  const receipt = await take("made.jsonl", content);
  expect(receipt).toMatchObject({
    format: "JSON lines",
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    rows: 10,
    rejected: 0,
    unconverted: [],
    problems: [],
    tables: [{ table: "made_CL", rows: 10 }],
  });
  // 2026-03-04T00:00:00Z in ticks since year 1: Unix seconds, and the ticks from year 1 to 1970.
  const start = BigInt(Date.UTC(2026, 2, 4)) * 10_000n + 621_355_968_000_000_000n;
  expect([receipt.firstEvent, receipt.lastEvent]).toEqual([start, start + 90_000_000n]);
  expect(await store.sources()).toEqual([receipt]);
});

test("the same content is known under another name, and stored again only when asked", async () => {
  const { take, file, ingest, rows } = await workshop();
  const first = await take("made.jsonl", made(10));
  const copy = await file("copy.jsonl", made(10));
  const again = await ingest(copy);
  expect([again.stored, again.known.map((known) => [known.path, known.receipt.id])]).toEqual([[], [[copy, first.id]]]);
  const path = await file("made.jsonl", made(10));
  expect((await ingest(path, { again: true })).stored.length).toBe(1);
  expect(await rows("made_CL | count")).toEqual([["20"]]);
});

test("a file is known packed or not, by itself in a gzip or an archive", async () => {
  const { take, file, ingest, rows } = await workshop();
  await take("made.jsonl", made(10));
  const packed = await ingest(await file("made.jsonl.gz", gzipSync(made(10))));
  const zipped = await ingest(await file("made.zip", zipOf({ "other.jsonl": made(10) })));
  expect([packed.stored.length, packed.known.length, zipped.stored.length, zipped.known.length]).toEqual([0, 1, 0, 1]);
  await take("later.jsonl.gz", gzipSync(made(10, 50)), { table: "made_CL" });
  expect((await ingest(await file("later.jsonl", made(10, 50)))).known).toHaveLength(1);
  expect(await rows("made_CL | count")).toEqual([["20"]]);
});

test("two processes that ingest the same file at the same time store it once", async () => {
  const { file, folder, store, rows } = await workshop();
  await file("made.jsonl", made(5000));
  const script = fileURLToPath(new URL("./ingestingProcess.mjs", import.meta.url));
  const said = await Promise.all(
    [1, 2].map(async () => {
      const child = spawn(process.execPath, [script, store.folder, join(folder, "in")]);
      let text = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      await once(child, "close");
      return text;
    }),
  );
  expect(said.filter((text) => text.includes("stored "))).toHaveLength(1);
  for (const text of said) expect(text).toMatch(/done|is being written by process \d+/);
  expect(await rows("made_CL | count")).toEqual([["5000"]]);
});

test("the same file named twice in one call is stored once", async () => {
  const { file, ingest, rows, folder } = await workshop();
  const path = await file("made.jsonl", made(10));
  await ingest([path, join(folder, "in"), join(folder, "in", ".", "made.jsonl")]);
  expect(await rows("made_CL | count")).toEqual([["10"]]);
});

test("a second writer is refused by name, and neither harms the other", async () => {
  const { file, ingest, store, rows } = await workshop();
  const path = await file("made.jsonl", made(10));
  await store.write(async () => {
    await expect(ingest(path)).rejects.toThrow(`is being written by process ${process.pid}`);
  });
  await ingest(path);
  expect(await rows("made_CL | count")).toEqual([["10"]]);
});

test("the lock of a process that is gone is taken over", async () => {
  const { take, store } = await workshop();
  await mkdir(store.folder, { recursive: true });
  await writeFile(join(store.folder, "writer.lock"), "4194999\n");
  expect((await take("made.jsonl", made(10))).rows).toBe(10);
  expect(await readdir(store.folder)).not.toContain("writer.lock");
});

test("a lock whose process id is another process's by now is taken over", async () => {
  const { take, store } = await workshop();
  await mkdir(store.folder, { recursive: true });
  await writeFile(join(store.folder, "writer.lock"), `${process.pid} 1\n`);
  expect((await take("made.jsonl", made(10))).rows).toBe(10);
});

test("a lock file that is empty, as a full disk leaves it, is taken over", async () => {
  const { take, store } = await workshop();
  await mkdir(store.folder, { recursive: true });
  await writeFile(join(store.folder, "writer.lock"), "");
  expect((await take("made.jsonl", made(10))).rows).toBe(10);
});

test("a reader keeps its snapshot while another ingests", async () => {
  const { take, store } = await workshop();
  await take("made.jsonl", made(10));
  const { tables } = await store.snapshot();
  const session = await Session.open({ schemas, tables, folders: [`${store.folder}/`] });
  try {
    await take("made.jsonl", made(10, 100));
    const outcome = await session.run({ text: "made_CL | count", now: 0n });
    expect(outcome.ok && outcome.table.rows).toEqual([["10"]]);
  } finally {
    session.close();
  }
  expect((await ask(store, "made_CL | count")).rows).toEqual([["20"]]);
});

test("an interrupted ingest leaves whole files only", async () => {
  const { file, ingest, folder, rows, store } = await workshop();
  for (const name of ["a", "b", "c"]) await file(`${name}.jsonl`, made(1000));
  await file("b.jsonl", made(1000, 5000));
  await file("c.jsonl", made(1000, 9000));
  const stop = new AbortController();
  const report = await ingest(join(folder, "in"), {
    table: "made_CL",
    signal: stop.signal,
    onReceipt: () => stop.abort(),
  });
  expect([report.interrupted, report.stored.length, report.failed]).toEqual([true, 1, []]);
  expect(await rows("made_CL | count")).toEqual([["1000"]]);
  expect(await readdir(join(store.folder, "segments", "made_CL"))).toHaveLength(1);
});

test("a store that is not there is empty", async () => {
  const { store } = await workshop();
  expect([await store.snapshot(), await store.sources()]).toEqual([{ version: 0, tables: [] }, []]);
});
