import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../src/index.ts";
import { ingest } from "../src/ingest/index.ts";
import { type Bench, bench } from "./support.ts";

let at: Bench;

beforeEach(async () => {
  at = await bench();
});

afterEach(() => at.remove());

const row = (index: number): string =>
  JSON.stringify({
    Timestamp: `2026-01-01T00:00:${String(index % 60).padStart(2, "0")}.1234567Z`,
    DeviceId: `d${index}`,
    DeviceName: "host",
    ActionType: "ProcessCreated",
    FileName: "a.exe",
    ProcessId: index,
  });
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `${row(index)}\n`).join("");

describe("input that is not as it should be", () => {
  test("a JSON line cut in half is named by line and column, and the rest is stored", async () => {
    const path = await at.file("cut.json", `${row(1)}\n${row(2).slice(0, 40)}\n${row(3)}\n`);
    const report = await at.ingest(path);
    expect(report.failed).toEqual([]);
    expect(report.stored[0]).toMatchObject({ rows: 2, rejected: 1 });
    expect(report.stored[0]?.problems[0]).toMatchObject({ line: 2 });
    expect(await at.rows("DeviceProcessEvents | summarize make_list(ProcessId)")).toEqual([["[1,3]"]]);
  });

  test("a gzip that was cut off gives the rows before the cut, and says so", async () => {
    const whole = gzipSync(lines(20_000));
    const path = await at.file("cut.json.gz", whole.subarray(0, Math.floor(whole.length / 2)));
    const [receipt] = (await at.ingest(path)).stored;
    expect(receipt?.rows).toBeGreaterThan(100);
    expect(receipt?.rows).toBeLessThan(20_000);
  });

  test("a wrong quote in a CSV loses no row", async () => {
    const path = await at.file(
      "odd.csv",
      'Timestamp,DeviceId,DeviceName,ActionType,FileName,ProcessId\n"Oct 9, 2024 2:39:25 PM",d1,host,ProcessCreated,a "b" c,1\n"Oct 9, 2024 2:39:26 PM",d2,host,ProcessCreated,plain,2\n',
    );
    const report = await at.ingest(path);
    expect(report.failed).toEqual([]);
    expect(report.stored[0]?.rows).toBe(2);
    expect(await at.rows("DeviceProcessEvents | where ProcessId == 1 | project FileName, Timestamp")).toEqual([
      ['a "b" c', "2024-10-09T14:39:25.0000000Z"],
    ]);
  });

  test("a value that doesn't convert is kept as text and counted", async () => {
    const path = await at.file("values.json", `${row(1)}\n${row(2).replace('"ProcessId":2', '"ProcessId":"many"')}\n`);
    const [receipt] = (await at.ingest(path)).stored;
    expect(receipt?.unconverted).toEqual([
      { table: "DeviceProcessEvents", column: "ProcessId", count: 1, example: "many" },
    ]);
    expect(await at.rows("DeviceProcessEvents | summarize count(), countif(isnull(ProcessId))")).toEqual([["2", "1"]]);
  });

  test.each([
    ["empty.json", "", "empty"],
    ["binary.dat", Buffer.from([1, 2, 0, 3, 4, 0, 255]), "binary"],
    ["log.evtx", Buffer.from("ElfFile\0rest"), "no row"],
  ])("%s is refused with the reason, and stores nothing", async (name, content, reason) => {
    const report = await at.ingest(await at.file(name, content));
    expect(report.failed[0]?.message).toContain(reason);
    expect((await at.store.snapshot()).tables).toEqual([]);
  });

  test("one bad file never stops the others", async () => {
    const [bad, good] = [await at.file("a.json", ""), await at.file("b.json", lines(3))];
    const report = await at.ingest(bad, good);
    expect([report.failed.length, report.stored.length]).toEqual([1, 1]);
  });

  test("the same file twice is recognised, and stored again only when asked", async () => {
    const path = await at.file("twice.json", lines(3));
    await at.ingest(path);
    expect((await at.ingest(path)).known).toHaveLength(1);
    expect(await at.rows("DeviceProcessEvents | count")).toEqual([["3"]]);
    await ingest([path], { store: at.store, again: true });
    expect(await at.rows("DeviceProcessEvents | count")).toEqual([["6"]]);
  });

  test("a file called nothing known, of columns of no table, becomes a table of its own", async () => {
    const path = await at.file(
      "my stuff.json",
      '{"colour":"red","size":11540474045172975123,"when":"2026-01-02T03:04:05Z","ok":true}\n',
    );
    await at.ingest(path);
    expect((await at.store.snapshot()).tables.map((item) => item.name)).toEqual(["my_stuff_CL"]);
  });

  test("columns that differ by letter case only stay apart", async () => {
    const path = await at.file("case.json", '{"name":"a","Name":"b","NAME":"c"}\n');
    await at.ingest(path);
    expect(await at.rows("case_CL | project name, Name, NAME")).toEqual([["a", "b", "c"]]);
  });

  test("paths with spaces, quotes and other scripts are read", async () => {
    const path = await at.file('it\'s a "Ünïcode" 名.json', lines(2));
    expect((await at.ingest(path)).stored[0]?.rows).toBe(2);
  });

  test("an aborted ingest leaves whole files only", async () => {
    const abort = new AbortController();
    const [first, second] = [await at.file("1.json", lines(2)), await at.file("2.json", lines(2))];
    const report = await ingest([first, second], {
      store: at.store,
      signal: abort.signal,
      onReceipt: () => abort.abort(),
    });
    expect(report.interrupted).toBe(true);
    expect((await at.store.snapshot()).tables.map((item) => item.rows)).toEqual([2]);
  });

  test("a second writer is refused by name, and readers are not", async () => {
    const path = await at.file("held.json", lines(1));
    await at.store.write(async () => {
      await expect(ingest([path], { store: await openStore(at.store.folder) })).rejects.toThrow(
        /being written by process/,
      );
      expect((await at.store.snapshot()).tables).toEqual([]);
    });
    expect((await at.ingest(path)).stored).toHaveLength(1);
  });

  test("a lock whose process is gone is taken over", async () => {
    const path = await at.file("stale.json", lines(1));
    await at.ingest(path);
    await at.file("store/writer.lock", "999999999\n");
    expect((await at.ingest(await at.file("next.json", lines(2)))).stored).toHaveLength(1);
  });

  test("who opened a snapshot keeps reading it while others ingest", async () => {
    await at.ingest(await at.file("one.json", lines(1)));
    const before = await at.store.snapshot();
    await at.ingest(await at.file("two.json", lines(2)));
    expect(before.tables.map((item) => item.rows)).toEqual([1]);
    expect((await at.store.snapshot()).tables.map((item) => item.rows)).toEqual([3]);
  });
});
