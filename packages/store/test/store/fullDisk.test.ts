import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingest } from "../../src/ingest/index.ts";
import { openStore } from "../../src/store/store.ts";
import { compact, verify } from "../../src/upkeep/index.ts";
import { ask } from "../temporary.ts";

let folder = "";
let mounted = false;

/** A disk of 2 MB, where this user may mount one. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-full-"));
  const disk = join(folder, "disk");
  await mkdir(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], { stdio: "ignore" });
    mounted = true;
  } catch {
    console.log("skipped: a full disk; this user may not mount a small one");
  }
});

afterAll(async () => {
  if (mounted) execFileSync("umount", [join(folder, "disk")]);
  await rm(folder, { recursive: true, force: true });
});

function lines(rows: number, text: () => string): string {
  return Array.from(
    { length: rows },
    (_, row) => `${JSON.stringify({ TimeGenerated: new Date(Date.UTC(2026, 2, 4) + row * 1000), Text: text() })}\n`,
  ).join("");
}

test("a full disk is named with the file, costs the one that did not fit, and leaves the rest usable", async (context) => {
  if (!mounted) return context.skip();
  const store = await openStore(join(folder, "disk", "store"));
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const small = await file(
    "small.jsonl",
    lines(100, () => "x"),
  );
  const large = await file(
    "large.jsonl",
    lines(40_000, () => randomBytes(60).toString("hex")),
  );
  const half = await file(
    "half.jsonl",
    lines(18_000, () => randomBytes(60).toString("hex")),
  );
  const other = await file(
    "other.jsonl",
    lines(50, () => "y"),
  );
  const report = await ingest([small, large, other], { store, table: "made_CL" });
  expect(report.stored.map((receipt) => receipt.rows)).toEqual([100, 50]);
  expect(report.failed[0]?.path).toBe(large);
  expect(report.failed[0]?.message).toMatch(/\/disk\/.*No space left on device/);
  expect((await ingest([half], { store, table: "made_CL" })).stored).toHaveLength(1);
  // There is no room for a second copy of the rows.
  await expect(compact({ store })).rejects.toThrow(/No space left on device/);
  expect((await ask(store, "made_CL | count")).rows).toEqual([["18150"]]);
  expect((await verify({ store })).damaged).toEqual([]);
  expect(await readdir(join(store.folder, "segments", "made_CL"))).toHaveLength(3);
  expect(await readdir(join(store.folder, "tmp"))).toEqual([]);
}, 120_000);
