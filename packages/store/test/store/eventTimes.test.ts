import { afterAll, expect, test } from "vitest";
import { compact } from "../../src/upkeep/index.ts";
import { tidy, workshop } from "../temporary.ts";

afterAll(tidy);

// Defender's exports have Timestamp, Log Analytics' have TimeGenerated or both (the schemas of the two products).
test("rows of either export are found by either event time, compacted or not", async () => {
  const { take, rows, store } = await workshop();
  const table = { table: "DeviceProcessEvents" };
  await take("defender.jsonl", '{"Timestamp":"2026-11-01T00:00:00Z","DeviceName":"a"}\n', table);
  await take("analytics.jsonl", '{"TimeGenerated":"2026-11-02T00:00:00Z","DeviceName":"b"}\n', table);
  await take(
    "both.jsonl",
    '{"Timestamp":"2026-11-03T00:00:00Z","TimeGenerated":"2026-11-03T00:00:05Z","DeviceName":"c"}\n',
    table,
  );
  const found = (time: string): Promise<unknown> =>
    rows(
      `DeviceProcessEvents | where ${time} >= datetime(2026-11-01) and DeviceName has_any ('a', 'b', 'c')
       | project DeviceName, Timestamp = format_datetime(Timestamp, 'd s'), Generated = format_datetime(TimeGenerated, 'd s')
       | sort by DeviceName asc`,
    );
  const expected = [
    ["a", "1 0", "1 0"],
    ["b", "2 0", "2 0"],
    ["c", "3 0", "3 5"],
  ];
  expect(await found("Timestamp")).toEqual(expected);
  expect(await found("TimeGenerated")).toEqual(expected);
  await compact({ store });
  expect(await found("Timestamp")).toEqual(expected);
  expect(await found("TimeGenerated")).toEqual(expected);
});
