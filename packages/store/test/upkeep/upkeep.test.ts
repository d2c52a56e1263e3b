import { appendFile, copyFile, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { SegmentEntry } from "../../src/store/entries.ts";
import { readState, writeCheckpoint } from "../../src/store/log.ts";
import { wholeDays } from "../../src/upkeep/cuts.ts";
import { compact, retain, verify } from "../../src/upkeep/index.ts";
import { planCompaction, planWorthwhile, usualSize } from "../../src/upkeep/planCompaction.ts";
import { tidy, type Workshop, workshop } from "../temporary.ts";

afterAll(tidy);

const hour = 3_600_000;
const start = Date.UTC(2026, 2, 1);
/** 2026-03-01T00:00:00Z in ticks: Unix seconds, and the ticks from year 1 to 1970. */
const startTicks = BigInt(start) * 10_000n + 621_355_968_000_000_000n;
const dayTicks = 864_000_000_000n;

/** A row an hour from an hour on, with more columns where `more` says so. */
function hours(count: number, from: number, more: object = {}): string {
  return Array.from({ length: count }, (_, row) => {
    const TimeGenerated = new Date(start + (from + row) * hour).toISOString();
    return `${JSON.stringify({ TimeGenerated, Hour: from + row, ...more })}\n`;
  }).join("");
}

/** Everything that a query can see of the rows, whatever their order. */
const everything = "made_CL | order by Hour asc, _source asc, _line asc";

async function take(place: Workshop, name: string, text: string): Promise<void> {
  await place.take(name, text, { table: "made_CL" });
}

test("compaction keeps every row, its values and where it came from", async () => {
  const place = await workshop();
  await take(place, "a.jsonl", hours(30, 24));
  await take(place, "b.jsonl", hours(30, 0, { Only: "here", Number: 7 }));
  await take(place, "c.jsonl", `${hours(5, 60)}{"Hour":99}\n{"TimeGenerated":"never","Hour":100}\n`);
  const before = await place.query(everything);
  const receipts = await place.store.sources();
  const { merged } = await compact({ store: place.store });
  expect(merged).toMatchObject([{ table: "made_CL", rows: 67, before: { segments: 3 }, after: { segments: 1 } }]);
  const after = await place.query(everything);
  expect(after.columns).toEqual(before.columns);
  expect(after.rows).toEqual(before.rows);
  expect(await place.store.sources()).toEqual(receipts);
  expect(await place.rows("made_CL | where isempty(Only) | count")).toEqual([["37"]]);
  expect((await compact({ store: place.store })).merged).toEqual([]);
});

test("segments hold whole days, and a day of too many rows is cut in parts", async () => {
  const place = await workshop();
  await take(place, "a.jsonl", hours(24, 0));
  await take(place, "b.jsonl", hours(24, 24));
  for (const name of ["c", "d", "e", "f"]) await take(place, `${name}.jsonl`, hours(24, 48, { name }));
  const before = await place.query(everything);
  await compact({ store: place.store, size: { rows: 50, bytes: 2 ** 30 } });
  const [table] = (await place.store.snapshot()).tables;
  const hourOf = (ticks: bigint | null): number => Number((ticks ?? 0n) - startTicks) / Number(dayTicks / 24n);
  const spans = (table?.segments ?? []).map(({ rows, firstEvent, lastEvent }) => ({
    rows,
    first: hourOf(firstEvent),
    last: hourOf(lastEvent),
  }));
  expect(spans[0]).toEqual({ rows: 48, first: 0, last: 47 });
  expect(spans.length).toBe(3);
  for (const { rows } of spans) expect(Math.abs(rows - 50)).toBeLessThan(25);
  expect([spans[1]?.first, (spans[1]?.last ?? 0) + 1, spans[2]?.last]).toEqual([48, spans[2]?.first, 71]);
  expect((await place.query(everything)).rows).toEqual(before.rows);
});

test("a rest of days is no small segment of its own", () => {
  const days = [60, 10, 10, 90, 20].map((rows, index) => ({ day: BigInt(index), rows }));
  expect(wholeDays(days, 100)).toEqual([
    { day: 0n, rows: 60 },
    { day: 1n, rows: 130 },
  ]);
});

const segment = (number: number, rows: number, columns: SegmentEntry["columns"] = []): SegmentEntry => ({
  table: "T",
  file: `segments/T/${number}.parquet`,
  rows,
  bytes: rows,
  firstEvent: String(number),
  lastEvent: String(number),
  sources: [{ id: "a", rows }],
  columns,
});

test("nobody's rows are rewritten at every ingest: segments of one size are merged when there are enough of them", () => {
  const same = Array.from({ length: 15 }, (_, number) => segment(number, 1000));
  expect(planWorthwhile(same, usualSize)).toEqual([]);
  const enough = [...same, segment(15, 1000)];
  expect(planWorthwhile([...enough, segment(16, 500_000)], usualSize)).toMatchObject([{ segments: enough }]);
});

test("a column of two types is not made one", () => {
  const long = [{ name: "X", type: "long", physical: "X" }] as const;
  const text = [{ name: "X", type: "string", physical: "X" }] as const;
  const plan = planCompaction([segment(1, 5, long), segment(2, 5, text), segment(3, 5, long)], usualSize);
  expect(plan.map((merger) => merger.segments.map(({ file }) => file))).toEqual([
    ["segments/T/1.parquet", "segments/T/3.parquet"],
  ]);
});

test("a query that runs keeps its files, and they go when it has ended", async () => {
  const place = await workshop();
  await take(place, "a.jsonl", hours(10, 0));
  await take(place, "b.jsonl", hours(10, 10));
  const reading = await place.store.read();
  const files = reading.snapshot.tables.flatMap((table) => table.files);
  await compact({ store: place.store, graceMs: 0 });
  await retain({ store: place.store, before: startTicks + 15n * (dayTicks / 24n), dryRun: false, graceMs: 0 });
  for (const file of files) expect((await stat(file)).isFile()).toBe(true);
  expect(await place.rows("made_CL | summarize count(), min(Hour)")).toEqual([["5", "15"]]);
  await reading.release();
  await place.store.write((writer) => writer.sweep(0));
  expect(await readdir(join(place.store.folder, "segments", "made_CL"))).toHaveLength(1);
  expect(await readdir(join(place.store.folder, "readers"))).toEqual([]);
});

test("files stay for the grace of readers that leave no lease", async () => {
  const place = await workshop();
  await take(place, "a.jsonl", hours(10, 0));
  await take(place, "b.jsonl", hours(10, 10));
  const { tables } = await place.store.snapshot();
  await compact({ store: place.store });
  for (const file of tables.flatMap((table) => table.files)) expect((await stat(file)).isFile()).toBe(true);
});

test("retention takes out what is older, to the row, and only when it is told to", async () => {
  const place = await workshop();
  await take(place, "a.jsonl", hours(10, 0));
  await take(place, "b.jsonl", `${hours(10, 5)}{"Hour":99}\n`);
  await place.take("other.jsonl", '{"TimeGenerated":"2020-01-01T00:00:00Z","Row":1}\n', { table: "other_CL" });
  await place.take("ageless.jsonl", '{"Born":"1990-01-01T00:00:00Z","Row":1}\n', { table: "ageless_CL" });
  const options = { store: place.store, before: startTicks + 12n * (dayTicks / 24n), table: "made_CL" };
  const planned = await retain({ ...options, dryRun: true });
  expect(planned.tables).toMatchObject([{ table: "made_CL", rows: 17, whole: 1, partly: 1 }]);
  expect(await place.rows("made_CL | count")).toEqual([["21"]]);
  expect((await retain({ ...options, dryRun: false })).tables).toEqual(planned.tables);
  expect(await place.rows("made_CL | where isnotnull(TimeGenerated) | summarize count(), min(Hour)")).toEqual([
    ["3", "12"],
  ]);
  expect(await place.rows("made_CL | where isnull(TimeGenerated) | project Hour")).toEqual([["99"]]);
  expect((await place.store.sources()).slice(0, 2).map((source) => [source.rows, source.removed])).toEqual([
    [10, 10],
    [11, 7],
  ]);
  const all = await retain({ store: place.store, before: startTicks, dryRun: true });
  expect([all.tables.map(({ table }) => table), all.ageless]).toEqual([["other_CL"], ["ageless_CL"]]);
});

test("a file whose rows are all too old stays known, but not the text of its bad lines", async () => {
  const place = await workshop();
  const receipt = await place.take("a.jsonl", `${hours(3, 0)}no row\n`, { table: "made_CL" });
  expect((await stat(receipt.rejectedFile ?? "")).isFile()).toBe(true);
  await retain({ store: place.store, before: startTicks + dayTicks, dryRun: false, graceMs: 0 });
  const [left] = await place.store.sources();
  expect([left?.id, left?.removed, left?.rejected, left?.rejectedFile]).toEqual([receipt.id, 3, 1, undefined]);
  await expect(stat(receipt.rejectedFile ?? "")).rejects.toThrow("ENOENT");
  expect((await place.ingest(join(place.folder, "in", "a.jsonl"))).known).toHaveLength(1);
});

async function damage(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.write("xx", (await file.stat()).size >> 1);
  } finally {
    await file.close();
  }
}

test("a damaged segment is named, and without it the rest of its table can be read", async () => {
  const place = await workshop();
  const receipt = await place.take("a.jsonl", hours(100, 0), { table: "made_CL" });
  await take(place, "b.jsonl", hours(10, 200));
  expect((await verify({ store: place.store })).damaged).toEqual([]);
  const [path = ""] = (await place.store.snapshot()).tables[0]?.files ?? [];
  await damage(path);
  const found = await verify({ store: place.store, setAside: true });
  expect(found.damaged).toMatchObject([
    { table: "made_CL", file: path, rows: 100, sources: [{ path: receipt.path, rows: 100 }] },
  ]);
  expect(await place.rows("made_CL | count")).toEqual([["10"]]);
  expect((await verify({ store: place.store })).damaged).toEqual([]);
  expect((await place.store.sources()).map((source) => source.removed)).toEqual([100, 0]);
});

test("a query of a damaged segment names the file, and other tables can be queried", async () => {
  const place = await workshop();
  await take(place, "a.jsonl", hours(1000, 0, { Text: "x" }));
  await place.take("other.jsonl", hours(5, 0), { table: "other_CL" });
  const path = (await place.store.snapshot()).tables.find((table) => table.name === "made_CL")?.files[0] ?? "";
  const file = await open(path, "r+");
  // Everything between the first four bytes and the footer.
  const { size } = await file.stat();
  const footer = Buffer.alloc(4);
  await file.read(footer, 0, 4, size - 8);
  await file.write(Buffer.alloc(size - 12 - footer.readUInt32LE(0), 0x55), 0, undefined, 4);
  await file.close();
  await expect(place.rows("made_CL | summarize max(Hour), dcount(Text)")).rejects.toThrow(path);
  expect(await place.rows("other_CL | count")).toEqual([["5"]]);
  await rm(path);
  await expect(place.rows("made_CL | summarize max(Hour)")).rejects.toThrow(path);
});

test.each([
  ["is cut short", async (path: string) => appendFile(path, "x")],
  ["is gone", async (path: string) => rm(path)],
])("a segment that %s is damage", async (_what, change) => {
  const place = await workshop();
  await take(place, "a.jsonl", hours(5, 0));
  const [path = ""] = (await place.store.snapshot()).tables[0]?.files ?? [];
  await copyFile(path, `${path}.copy`);
  await change(path);
  expect((await verify({ store: place.store })).damaged.map(({ file }) => file)).toEqual([path]);
});

test("a segment that holds other rows than it was written with is never merged or cut", async () => {
  const place = await workshop();
  await take(place, "a.jsonl", hours(5, 0));
  await take(place, "b.jsonl", hours(7, 0));
  const [first = "", second = ""] = (await place.store.snapshot()).tables[0]?.files ?? [];
  await copyFile(second, first);
  await expect(compact({ store: place.store })).rejects.toThrow("goshawk store verify");
  expect((await place.store.snapshot()).tables[0]?.files).toEqual([first, second]);
});

test("a damaged index is named as such, and made anew without a row less", async () => {
  const place = await workshop();
  await take(place, "a.jsonl", hours(20_500, 0, { Text: "needle in the hay" }));
  const beside = (await place.store.snapshot()).tables[0]?.segments[0]?.beside ?? [];
  const [index = ""] = beside;
  await damage(index);
  const found = await verify({ store: place.store, setAside: true });
  expect(found.damaged).toMatchObject([{ table: "made_CL", file: index, indexOnly: true, rows: 20_500 }]);
  expect(await place.rows("made_CL | where Text has 'needle' | count")).toEqual([["20500"]]);
  expect((await verify({ store: place.store })).damaged).toEqual([]);
  expect((await place.store.sources()).map((source) => source.removed)).toEqual([0]);
});

test("damage of the log, and texts of rejected lines that are gone, are not passed over by verify", async () => {
  const place = await workshop();
  const receipt = await place.take("a.jsonl", `${hours(3, 0)}no row\n`, { table: "made_CL" });
  const sound = await verify({ store: place.store });
  expect([sound.damaged, sound.otherFiles]).toEqual([[], []]);
  const state = await readState(place.store.folder);
  await writeCheckpoint(place.store.folder, state);
  const name = (await readdir(join(place.store.folder, "log"))).find((file) => file.startsWith("checkpoint"));
  const checkpoint = join(place.store.folder, "log", name ?? "");
  await writeCheckpoint(place.store.folder, { ...state, generation: state.generation + 1 });
  await damage(checkpoint);
  await rm(receipt.rejectedFile ?? "");
  const { otherFiles } = await verify({ store: place.store });
  expect(otherFiles.map(({ file }) => file)).toEqual([checkpoint, receipt.rejectedFile]);
  expect(await place.rows("made_CL | count")).toEqual([["3"]]);
});
