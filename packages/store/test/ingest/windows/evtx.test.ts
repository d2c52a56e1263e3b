import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sharedFolder } from "@goshawk/testkit";
import { afterAll, describe, expect, test } from "vitest";
import { readEvtx } from "../../../src/ingest/formats/evtx/readEvtx.ts";
import { tidy, workshop } from "../../temporary.ts";

const samples = sharedFolder("data/evtx");
if (samples === undefined) console.log("store: EVTX skipped, the shared folder is absent");

afterAll(tidy);

const sample = (name: string): Promise<Buffer> => readFile(join(samples ?? "", name));

describe.skipIf(samples === undefined)("binary event logs", () => {
  test.each([
    // Records as the README of the samples counts them.
    ["sysmon.evtx", 358, 0],
    ["security.evtx", 2261, 0],
    ["new-user-security.evtx", 4, 0],
    ["2-vss_7-System.evtx", 1160, 0],
    ["sample_with_a_bad_chunk_magic.evtx", 270, 5],
  ])(
    "%s: every record is a row of Sentinel's tables, and damage is named by its chunk",
    async (name, records, damaged) => {
      const { ingest } = await workshop();
      const { stored, failed } = await ingest(join(samples ?? "", name));
      expect(failed).toEqual([]);
      const rows = (table: string): number => stored[0]?.tables.find((item) => item.table === table)?.rows ?? 0;
      expect(rows("SecurityEvent") + rows("Event")).toBe(records);
      expect(rows("WindowsEvent")).toBe(rows("Event"));
      expect(stored[0]?.unconverted).toEqual([]);
      expect(stored[0]?.problems.map((problem) => problem.message.slice(0, 6))).toEqual(Array(damaged).fill("chunk "));
    },
  );

  test("types of values are kept: ticks, hexadecimal ids, GUIDs in braces, SIDs", async () => {
    const { ingest, rows } = await workshop();
    await ingest([join(samples ?? "", "security.evtx"), join(samples ?? "", "sysmon.evtx")]);
    // As the Rust parser shows the first record, whose FILETIME its header repeats with all digits.
    const first = (await sample("security.evtx")).readBigUInt64LE(4096 + 512 + 16);
    expect(
      await rows(
        `SecurityEvent | where EventRecordId == "1" | project TimeGenerated, Computer, EventID, Task, Keywords, SystemProcessId, SystemThreadId, TimeGenerated == datetime(1601-01-01) + ${first} * 1tick`,
      ),
    ).toEqual([
      ["2016-07-08T18:12:51.6816408Z", "37L4247F27-25", "4608", "12288", "0x8020000000000000", "456", "460", "true"],
    ]);
    expect(
      await rows(
        "WindowsEvent | top 1 by TimeGenerated asc | project EventData.ProcessGuid, EventData.LogonId, EventData.ProcessId, SystemUserId",
      ),
    ).toEqual([['"{94F748D5-4A45-5A42-0000-0010D265F20F}"', '"0x3e7"', '"9112"', "S-1-5-18"]]);
  });

  test("a file that is cut, or has a damaged chunk, loses no more than that", async () => {
    const { take, rows } = await workshop();
    const whole = await sample("sysmon.evtx");
    const third = 4096 + 2 * 65_536;
    const cut = await take("cut.evtx", whole.subarray(0, third + 20_000));
    expect(cut.problems.map((problem) => problem.message)).toEqual([
      expect.stringMatching(
        /^chunk 2 of the log is damaged: the file ends in it; \d+ of its 39 records could be read$/,
      ),
    ]);
    expect(Number((await rows("Event | count"))[0]?.[0])).toBeGreaterThan(81);
    const garbled = Buffer.from(whole);
    garbled.fill(0xa5, third + 512, third + 65_536);
    const broken = await take("garbled.evtx", garbled);
    expect(broken.tables.find((table) => table.table === "Event")?.rows).toBe(358 - 39);
    expect(broken.problems.map((problem) => problem.message)).toEqual([
      "chunk 2 of the log is damaged: the check sum of its records is wrong; 0 of its 39 records could be read",
    ]);
  });

  test("random damage is told, never stops the rest and never hangs", async () => {
    const whole = await sample("new-user-security.evtx");
    const { file, folder } = await workshop();
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 200; round++) {
      const garbled = Buffer.from(whole);
      for (let hit = 0; hit < 1 + (round % 60); hit++) garbled[4096 + 512 + random(5496)] = random(256);
      const path = await file("garbled.evtx", garbled);
      const { records, rejected, problems } = await readEvtx(path, join(folder, "lines.ndjson"));
      expect(records).toBeLessThanOrEqual(4);
      expect(rejected.length).toBeLessThanOrEqual(records);
      if (!garbled.equals(whole)) expect(problems[0]?.message).toMatch(/^chunk 0 of the log is damaged/);
    }
  });
});
