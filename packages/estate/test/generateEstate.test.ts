import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EstateOptions, generateEstate } from "../src/index.ts";
import { filesUnder, sizeOf } from "./support/readEstate.ts";
import { smallOptions, useSmallEstate } from "./support/smallEstate.ts";

let scratch = "";
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "estate-"));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function hashOf(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of filesUnder(folder)) hash.update(path).update(await readFile(join(folder, path), "latin1"));
  return hash.digest("hex");
}

describe("the files of an estate", () => {
  const small = useSmallEstate();

  it("are the same bytes for the same options, and others for another seed", async () => {
    await generateEstate({ folder: join(scratch, "again"), ...smallOptions });
    await generateEstate({ folder: join(scratch, "other"), ...smallOptions, seed: 8 });
    const first = await hashOf(small().folder);
    expect(await hashOf(join(scratch, "again"))).toBe(first);
    expect(await hashOf(join(scratch, "other"))).not.toBe(first);
  });

  it("are all in the manifest, with their sizes and rows, and nothing else is there", () => {
    const { folder, manifest, rows } = small();
    expect([...manifest.files.map((file) => file.path), "manifest.json"].sort()).toEqual(filesUnder(folder));
    for (const file of manifest.files) {
      const own = rows.filter((row) => row.file === file.path);
      expect([file.path, own.length, sizeOf(folder, file.path)]).toEqual([file.path, file.rows, file.bytes]);
      expect(new Set(own.map((row) => row.table))).toEqual(new Set([file.table]));
    }
  });

  it("hold exactly the rows that were asked for, by table and in all", () => {
    const { manifest, rows } = small();
    const counts: Record<string, number> = {};
    for (const row of rows) counts[row.table] = (counts[row.table] ?? 0) + 1;
    expect(counts).toEqual(manifest.rows);
    expect(rows).toHaveLength(smallOptions.rows);
  });

  it("are described by a manifest.json equal to what was returned", async () => {
    const { folder, manifest } = small();
    expect(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"))).toEqual(manifest);
  });
});

describe("options", () => {
  const refusals: readonly [string, Partial<EstateOptions>, RegExp][] = [
    ["too few rows", { rows: 19_999 }, /^rows: 19999 is below the minimum of 20000/],
    ["too few devices", { devices: 49 }, /^devices: 49 is below the minimum of 50/],
    ["too few days", { days: 14 }, /^days: 14 is below the minimum of 15/],
    ["too few rows for so many devices", { devices: 500 }, /^rows: 20000 is too few for 500 devices; .*50000/],
    ["a fraction of a row", { rows: 20_000.5 }, /^rows: 20000.5 is not a whole number/],
    ["a negative seed", { seed: -1 }, /^seed: -1 is below/],
    ["an end without a zone", { end: "2026-10-16T12:00:00" }, /^end: .*with a zone/],
    ["an end that no calendar has", { end: "2026-13-16T12:00:00Z" }, /^end: /],
  ];
  it.each(refusals)("%s are refused by name, before anything is written", async (name, wrong, message) => {
    const folder = join(scratch, name);
    await expect(generateEstate({ folder, ...smallOptions, ...wrong })).rejects.toThrow(message);
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });

  const sizes: readonly Partial<EstateOptions>[] = [
    { days: 15 },
    { days: 15, devices: 200, seed: 3 },
    { rows: 30_000, devices: 300, days: 60, seed: 4_294_967_295 },
    { end: "2026-10-16T00:00:00Z" },
    { end: "2024-03-01T05:30:00.250+05:30", days: 20, seed: 0 },
  ];
  it.each(sizes)("%o is enough for all that is planted", async (size) => {
    const folder = await mkdtemp(join(scratch, "size-"));
    const manifest = await generateEstate({ folder, ...smallOptions, ...size });
    expect(manifest.files.reduce((sum, file) => sum + file.rows, 0)).toBe(size.rows ?? smallOptions.rows);
    expect(manifest.truth.founding.withinLookback.length).toBeGreaterThan(15);
  });
});

describe("a run that does not finish", () => {
  it("leaves nothing behind when it is cancelled", async () => {
    const folder = join(scratch, "cancelled");
    const controller = new AbortController();
    const run = generateEstate({
      folder,
      ...smallOptions,
      rows: 200_000,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(run).rejects.toThrow("enough");
    expect(await readdir(folder)).toEqual([]);
  });

  it("never touches a folder that has something in it", async () => {
    const folder = join(scratch, "mine");
    await mkdir(folder);
    await writeFile(join(folder, "notes.txt"), "keep me");
    await expect(generateEstate({ folder, ...smallOptions })).rejects.toThrow(/not empty \(it has notes.txt\)/);
    expect(await readdir(folder)).toEqual(["notes.txt"]);
  });

  it("tells progress up to the last row", async () => {
    const told: number[] = [];
    const folder = join(scratch, "progress");
    await generateEstate({ folder, ...smallOptions, onProgress: ({ rows }) => told.push(rows) });
    expect(told.at(-1)).toBe(smallOptions.rows);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });
});
