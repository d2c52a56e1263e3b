import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { tidy, workshop } from "../temporary.ts";
import { zipOf } from "../zip.ts";

afterAll(tidy);

const header = "Timestamp,DeviceName,FileName,ProcessId,ActionType,IsProcessRemoteSession";

async function times(cells: readonly string[], options = {}): Promise<readonly (string | null)[]> {
  const { take, rows } = await workshop();
  await take(
    "DeviceProcessEvents.csv",
    `${header}\n${cells.map((cell) => `"${cell}",d,f.exe,1,ProcessCreated,0`).join("\n")}\n`,
    options,
  );
  return (await rows("DeviceProcessEvents | order by _line asc | project Timestamp")).map(([cell]) => cell ?? null);
}

describe("times of every spelling that exports have", () => {
  test("ISO, pandas, portal and Excel", async () => {
    expect(
      await times([
        "2026-03-04T09:05:07.1234567Z",
        "2026-03-04 09:05:07.123",
        "Oct 9, 2024 2:39:25 PM",
        "4/19/2021, 12:13:19.483 PM",
        "7/8/2019 16:08",
        "Invalid date",
        "",
      ]),
    ).toEqual([
      "2026-03-04T09:05:07.1234567Z",
      "2026-03-04T09:05:07.1230000Z",
      "2024-10-09T14:39:25.0000000Z",
      "2021-04-19T12:13:19.4830000Z",
      "2019-07-08T16:08:00.0000000Z",
      null,
      null,
    ]);
  });

  test("a first number above 12 makes all dates of the file day first", async () => {
    expect(await times(["19/04/2021, 12:13:19", "03/04/2021, 00:00:00"])).toEqual([
      "2021-04-19T12:13:19.0000000Z",
      "2021-04-03T00:00:00.0000000Z",
    ]);
  });

  test("dates that could be either way are read month first, and the receipt says so", async () => {
    const { take } = await workshop();
    const receipt = await take("made.csv", "Time,A\n03/04/2021 00:00,x\n");
    expect(receipt.notes.join()).toMatch(/month first/);
  });

  test("--time-zone moves times without a zone, and no others", async () => {
    expect(
      await times(
        ["2026-03-04 09:05:07", "Mar 4, 2026 9:05:07 AM", "2026-03-04T09:05:07Z", "2026-03-04T09:05:07+01:00"],
        { timeZone: "+02:00" },
      ),
    ).toEqual([
      "2026-03-04T07:05:07.0000000Z",
      "2026-03-04T07:05:07.0000000Z",
      "2026-03-04T09:05:07.0000000Z",
      "2026-03-04T08:05:07.0000000Z",
    ]);
  });

  test("a zone that is not known is refused before anything is read", async () => {
    const { take } = await workshop();
    await expect(take("a.csv", "A\n1\n", { timeZone: "Mars" })).rejects.toThrow(/Mars/);
  });
});

test("0 and 1 are bools only where the schema says so", async () => {
  const { take, query } = await workshop();
  await take("DeviceProcessEvents.csv", `${header},Unknown\n2026-01-01T00:00:00Z,d,f.exe,1,ProcessCreated,1,1\n`);
  const answer = await query("DeviceProcessEvents | project IsProcessRemoteSession, Unknown");
  expect([answer.columns.map((column) => column.type), answer.rows]).toEqual([["bool", "long"], [["true", "1"]]]);
});

test("whole numbers that a data frame wrote as floats stay whole, and are exact", async () => {
  const { take, rows } = await workshop();
  const receipt = await take(
    "DeviceProcessEvents.csv",
    `${header}\n2026-01-01T00:00:00Z,d,f.exe,11540474045172975.0,ProcessCreated,True\n`,
  );
  expect(receipt.unconverted).toEqual([]);
  expect(await rows("DeviceProcessEvents | project ProcessId, IsProcessRemoteSession")).toEqual([
    ["11540474045172975", "true"],
  ]);
});

test("custom columns keep what a number would lose: leading zeros, versions, ids beyond 64 bits", async () => {
  const { take, rows } = await workshop();
  await take("made.csv", "Id,Version,Big,Long\n007,1.10,18446744073709551616,9007199254740993\n008,1.9,1,2\n");
  expect(
    await rows("made_CL | order by Id asc | project tostring(Id), tostring(Version), tostring(Big), tostring(Long)"),
  ).toEqual([
    ["007", "1.10", "18446744073709551616", "9007199254740993"],
    ["008", "1.9", "1", "2"],
  ]);
});

test("what JSON writes as text stays text, what it writes as a number is one", async () => {
  const { take, query } = await workshop();
  await take("made.jsonl", '{"Version":"10","Count":10,"Flag":true,"Word":"true","":1}\n');
  const answer = await query("made_CL | project Version, Count, Flag, Word");
  expect(answer.columns.map((column) => column.type)).toEqual(["string", "long", "bool", "string"]);
});

test("the index column of a data frame goes, other columns without a name or with the same name stay", async () => {
  const { take, query } = await workshop();
  await take("made.csv", ",A,,A\n0,x,y,z\n");
  const answer = await query("made_CL");
  const shown = answer.columns
    .map((column, index) => [column.name, answer.rows[0]?.[index]])
    .filter(([name]) => !String(name).startsWith("_"));
  expect(shown).toEqual([
    ["A", "x"],
    ["Column3", "y"],
    ["A_2", "z"],
  ]);
});

test("keys that differ in letter case only are two columns", async () => {
  const { take, rows } = await workshop();
  await take("made.jsonl", '{"Message":"a","message":"b"}\n{"Message":"c"}\n');
  expect(await rows("made_CL | order by Message asc | project Message, message")).toEqual([
    ["a", "b"],
    ["c", ""],
  ]);
});

test("dynamic values keep the order of their keys, their text and their nulls", async () => {
  const { take, rows } = await workshop();
  const bag = { z: 1, a: { y: [1, null, "é😀"], b: true }, "k.e y": '"quoted"' };
  await take("made.jsonl", `${JSON.stringify({ TimeGenerated: "2026-01-01T00:00:00Z", Bag: bag, None: null })}\n`);
  expect(await rows("made_CL | project Bag")).toEqual([[JSON.stringify(bag)]]);
});

test("hostile names of columns and values are data", async () => {
  const { take, rows } = await workshop();
  const name = `a"b'; drop table x; --`;
  await take("made.jsonl", `${JSON.stringify({ [name]: "v'\"; --", "$.x": 1, 'q"."r': 2 })}\n`);
  expect(
    await rows(`made_CL | project ['a"b\\'; drop table x; --'], ['$.x'], ['q"."r']`).catch(() =>
      rows("made_CL | count"),
    ),
  ).toBeDefined();
  expect(await rows("made_CL | count")).toEqual([["1"]]);
});

describe("the same rows in other wrappings", () => {
  const rowsOf = '{"A":1,"B":"é"}\n{"A":2,"B":"x"}\n';
  const csv = "A,B\r\n1,é\r\n2,x\r\n";
  test.each([
    ["JSON lines with a byte order mark and CRLF", "made.jsonl", `\ufeff${rowsOf.replaceAll("\n", "\r\n")}`],
    ["a JSON array", "made.json", `[{"A":1,"B":"é"},{"A":2,"B":"x"}]`],
    [
      "an indented JSON array",
      "made.json",
      JSON.stringify(
        [
          { A: 1, B: "é" },
          { A: 2, B: "x" },
        ],
        null,
        2,
      ),
    ],
    [
      "indented objects one after the other",
      "made.json",
      `${JSON.stringify({ A: 1, B: "é" }, null, 2)}\n${JSON.stringify({ A: 2, B: "x" }, null, 2)}\n`,
    ],
    ["UTF-16 CSV with its mark", "made.csv", Buffer.from(`\ufeff${csv}`, "utf16le")],
    ["UTF-16 CSV, big endian", "made.csv", Buffer.from(`\ufeff${csv}`, "utf16le").swap16()],
    ["Windows-1252 CSV", "made.csv", Buffer.from(csv, "latin1")],
    ["CSV with semicolons", "made.csv", csv.replaceAll(",", ";")],
    ["values between tabs", "made.tsv", csv.replaceAll(",", "\t")],
    ["UTF-8 CSV with its mark", "made.csv", `\ufeff${csv}`],
    ["gzip", "made.csv.gz", gzipSync(csv)],
    ["zip", "made.zip", zipOf({ "made.csv": csv })],
    ["gzip in a zip", "any.zip", zipOf({ "made.csv.gz": gzipSync(csv) })],
  ])("%s", async (_, name, content) => {
    const { take, rows } = await workshop();
    const receipt = await take(name, content);
    expect([receipt.rows, receipt.rejected]).toEqual([2, 0]);
    expect(await rows("made_CL | order by A asc | project A, B")).toEqual([
      ["1", "é"],
      ["2", "x"],
    ]);
  });

  test("a zip of several files is one source, and a member that can't be read stops none of the others", async () => {
    const { take } = await workshop();
    const receipt = await take(
      "made.zip",
      zipOf({ "a.jsonl": rowsOf, "notes.txt": "hello", "b.jsonl": rowsOf, "sub/c.csv": csv }),
    );
    expect([receipt.rows, receipt.tables.map((table) => table.table)]).toEqual([6, ["a_CL", "b_CL", "c_CL"]]);
    expect(receipt.problems.map((problem) => problem.member)).toEqual(["notes.txt"]);
  });

  test("an archive that unpacks to far more than it is stops before it fills the disk", async () => {
    const { refuse } = await workshop();
    const nested = gzipSync(gzipSync(Buffer.alloc(2 ** 30 + 2 ** 20)));
    expect(await refuse("bomb.gz", nested)).toMatch(/unpacks to more than/);
  });
});
