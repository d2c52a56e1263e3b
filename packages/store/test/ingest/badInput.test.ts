import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { tidy, workshop } from "../temporary.ts";
import { zipOf } from "../zip.ts";

afterAll(tidy);

const line = (number: number): string =>
  JSON.stringify({ Timestamp: "2026-03-04T09:05:07Z", Number: number, Text: `row ${number}` });
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `${line(index + 1)}\n`).join("");

describe("bad input is named with its place, and all the rest is stored", () => {
  test("a JSON line cut in half: its line number, its text kept", async () => {
    const { take, rows } = await workshop();
    const receipt = await take("made.jsonl", `${line(1)}\n${line(2).slice(0, 30)}\n${line(3)}\n`);
    expect([receipt.rows, receipt.rejected]).toEqual([2, 1]);
    expect(receipt.problems).toMatchObject([{ line: 2, text: line(2).slice(0, 30) }]);
    expect(await rows("made_CL | order by Number asc | project Number, Text, _line")).toEqual([
      ["1", "row 1", "1"],
      ["3", "row 3", "3"],
    ]);
    const kept = (await readFile(receipt.rejectedFile ?? "", "utf8")).trim().split("\n");
    expect(kept.map((text) => JSON.parse(text).text)).toEqual([line(2).slice(0, 30)]);
  });

  test("the last JSON line cut in half, as a full disk leaves it", async () => {
    const { take } = await workshop();
    const receipt = await take("made.jsonl", `${lines(5)}${line(6).slice(0, -4)}`);
    expect([receipt.rows, receipt.rejected, receipt.problems[0]?.line]).toEqual([5, 1, 6]);
  });

  test("the first JSON line cut in half", async () => {
    const { take } = await workshop();
    const receipt = await take("made.jsonl", `${line(1).slice(0, 25)}\n${line(2)}\n${line(3)}\n`);
    expect([receipt.rows, receipt.rejected, receipt.problems[0]?.line]).toEqual([2, 1, 1]);
  });

  test("lines that are JSON but no object", async () => {
    const { take } = await workshop();
    const receipt = await take("made.jsonl", `${line(1)}\n[1,2]\n"text"\nnull\n42\n\n${line(2)}\n`);
    expect([receipt.rows, receipt.rejected]).toEqual([2, 4]);
    expect(receipt.problems.map((problem) => problem.line)).toEqual([2, 3, 4, 5]);
  });

  test("two objects on one line are two rows, or are named: never one lost in silence", async () => {
    const { take } = await workshop();
    const receipt = await take("made.jsonl", `${line(1)}\n${line(2)}${line(3)}\n${line(4)}\n`);
    expect(receipt.rows + receipt.rejected).toBeGreaterThanOrEqual(3);
    expect(receipt.rows === 4 || receipt.problems[0]?.line === 2).toBe(true);
  });

  test("a JSON array cut off: the objects before the cut are stored, the cut is named", async () => {
    const { take, rows } = await workshop();
    const receipt = await take("made.json", `[${line(1)},\n${line(2)},\n${line(3).slice(0, 20)}`);
    expect([receipt.rows, receipt.problems.length]).toEqual([2, 1]);
    expect(receipt.problems[0]).toMatchObject({ line: 3, column: 21 });
    expect(await rows("made_CL | order by Number asc | project Number, Text")).toEqual([
      ["1", "row 1"],
      ["2", "row 2"],
    ]);
  });

  test("an answer's list cut off: brackets and quotes in texts do not end a record", async () => {
    const { take, rows } = await workshop();
    const odd = JSON.stringify({ Number: 1, Text: '[}\\"]', Bag: { list: [1, { b: "]" }] } });
    const receipt = await take("made.json", `{"value":[${odd},\n ${line(2)},\n {"Num`);
    expect([receipt.rows, receipt.problems[0]?.line]).toEqual([2, 3]);
    expect(await rows("made_CL | order by Number asc | project Text, tostring(Bag)")).toEqual([
      ['[}\\"]', '{"list":[1,{"b":"]"}]}'],
      ["row 2", ""],
    ]);
  });

  test.each([
    ["a line", "made.jsonl", (odd: string) => `${line(1)}\n${odd}\n`],
    ["an array", "made.json", (odd: string) => `[${line(1)},${odd}]`],
  ])("half of a UTF-16 pair in %s, as a cut command line ends, costs no row", async (_, name, body) => {
    const { take, rows } = await workshop();
    const odd = `{"Number":2,"Text":"a\\ud83d b\\ud83d\\ude00 c\\\\ud83d"}`;
    const receipt = await take(name, body(odd));
    expect([receipt.rows, receipt.rejected, receipt.notes.length]).toEqual([2, 0, 1]);
    expect(await rows("made_CL | where Number == 2 | project Text")).toEqual([["a\ufffd b\u{1f600} c\\ud83d"]]);
  });

  test("a quote inside a bare cell is text", async () => {
    const { take, rows } = await workshop();
    expect((await take("made.csv", 'A,B,C\n1,one,x\n2,t"wo,y\n3,three,z\n')).rejected).toBe(0);
    expect(await rows("made_CL | order by A asc | project B, C")).toEqual([
      ["one", "x"],
      ['t"wo', "y"],
      ["three", "z"],
    ]);
  });

  test("a CSV with a wrong quote: its line and text, no cell in a wrong column, all other rows", async () => {
    const { take, rows } = await workshop();
    const receipt = await take("made.csv", 'A,B,C\n1,"on\r\ne",x\n2,"t"wo,y\n3,"thr""ee",z\n');
    expect(receipt.problems).toMatchObject([{ line: 4, text: '2,"t"wo,y' }]);
    expect(receipt.rejected).toBe(1);
    expect(await rows("made_CL | order by A asc | project A, B, C")).toEqual([
      ["1", "on\r\ne", "x"],
      ["3", 'thr"ee', "z"],
    ]);
  });

  test("a CSV quote that never closes costs its own line only", async () => {
    const { take, rows } = await workshop();
    const receipt = await take("made.csv", 'A,B\n1,one\n2,"two\n3,three\n4,four');
    expect(receipt.problems.map((problem) => [problem.line, problem.text])).toEqual([[3, '2,"two']]);
    expect(await rows("made_CL | order by A asc | project A, B")).toEqual([
      ["1", "one"],
      ["3", "three"],
      ["4", "four"],
    ]);
  });

  test("a cell too many is no row, for no one knows which column is whose; a cell too few is empty", async () => {
    const { take, rows } = await workshop();
    const receipt = await take("made.csv", "A,B\n1,one\n2,two,more\n3\n4,four,\n");
    expect(receipt.problems.map((problem) => problem.line).sort()).toEqual([3, 4]);
    expect(await readFile(receipt.rejectedFile ?? "", "utf8")).toContain("2,two,more");
    expect(await rows("made_CL | order by A asc | project A, B")).toEqual([
      ["1", "one"],
      ["3", ""],
      ["4", "four"],
    ]);
  });

  test("a truncated gzip trailer costs no row, and is noted", async () => {
    const { take } = await workshop();
    const receipt = await take("made.jsonl.gz", gzipSync(lines(2000)).subarray(0, -6));
    expect(receipt.rows).toBe(2000);
    expect(receipt.notes.join()).toMatch(/gzip/);
  });

  test("a gzip cut off in its body gives the whole lines before the cut", async () => {
    const { take, rows } = await workshop();
    const whole = gzipSync(lines(20_000));
    const receipt = await take("made.jsonl.gz", whole.subarray(0, Math.floor(whole.length / 2)));
    expect(receipt.rows).toBeGreaterThan(5000);
    expect(receipt.rejected).toBeLessThanOrEqual(1);
    expect([...receipt.notes, ...receipt.problems.map((problem) => problem.message)].join()).toMatch(/gzip/);
    expect(await rows("made_CL | summarize count(), min(Number), max(Number)")).toEqual([
      [String(receipt.rows), "1", String(receipt.rows)],
    ]);
  });

  test.each([
    ["bytes behind it", (gzip: Buffer) => Buffer.concat([gzip, Buffer.from("junk\n\0junk")])],
    [
      "a wrong check sum",
      (gzip: Buffer) => Buffer.concat([gzip.subarray(0, -8), Buffer.from([1, 2, 3, 4]), gzip.subarray(-4)]),
    ],
  ])("a gzip with %s costs no row, and is noted", async (_, broken) => {
    const { take } = await workshop();
    const receipt = await take("made.jsonl.gz", broken(gzipSync(lines(50))));
    expect([receipt.rows, receipt.rejected]).toEqual([50, 0]);
    expect(receipt.notes.join()).toMatch(/gzip/);
  });

  test("a zip with a line end behind it, and one with a name that leads out, are read", async () => {
    const { take } = await workshop();
    const zip = Buffer.from(zipOf({ "../../made.jsonl": lines(3) }));
    const receipt = await take("made.zip", Buffer.concat([zip, Buffer.from("\n")]));
    expect([receipt.rows, receipt.tables[0]?.table]).toEqual([3, "made_CL"]);
  });

  test("a gzip with damage inside is said to be damaged", async () => {
    const { ingest, file } = await workshop();
    const whole = gzipSync(lines(20_000));
    whole.fill(0xa5, 5000, 5200);
    const { stored, failed } = await ingest(await file("made.jsonl.gz", whole));
    const said =
      stored[0] === undefined
        ? failed[0]?.message
        : [...stored[0].notes, ...stored[0].problems.map((problem) => problem.message)].join();
    expect(said).toMatch(/gzip/);
  });

  test.each([
    ["empty.jsonl", "", /empty/],
    ["blank.csv", "\n \r\n", /empty/],
    ["image.bin", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 4]), /binary/],
    ["word.txt", "hello", /neither CSV nor JSON/],
    ["log.evtx", "ElfFile\0\0\0\0", /no row/],
    ["empty.json.gz", gzipSync(""), /empty/],
    ["list.json", "[]", /no row/],
    ["header.csv", "A,B\n", /no row/],
    ["bare.json", '{"records":[]}', /no row/],
  ])("%s is refused, and says why", async (name, content, reason) => {
    const { refuse, store } = await workshop();
    expect(await refuse(name, content)).toMatch(reason);
    expect(await store.sources()).toEqual([]);
  });

  test.each([
    ["nxlog.json", { Channel: "Security", EventID: 4688, Hostname: "h", "@timestamp": "2020-01-01T00:00:00Z" }],
    ["winlogbeat.json", { "@timestamp": "2020-01-01T00:00:00Z", winlog: { event_id: 1 } }],
    ["winlogbeat6.json", { "@timestamp": "2020-01-01T00:00:00Z", event_data: {}, event_id: 1 }],
    ["evtx_dump.json", { Event: { System: { EventID: 1 } } }],
  ])("Windows events with next to nothing in them (%s) are rows, in a zip as well", async (name, event) => {
    const content = `${JSON.stringify(event)}\n`;
    // Each into a store of its own: one store knows a file that it has, packed or not.
    const plain = await (await workshop()).take(name, content);
    const packed = await (await workshop()).take(`${name}.zip`, zipOf({ [name]: content }));
    for (const receipt of [plain, packed])
      expect(receipt.tables.some((table) => ["SecurityEvent", "Event"].includes(table.table))).toBe(true);
  });

  test("one bad file among good ones stops none of them", async () => {
    const { file, ingest, folder } = await workshop();
    await file("a.jsonl", lines(2));
    await file("b.bin", Uint8Array.from([1, 0, 2, 0]));
    await file("c.jsonl", lines(3));
    const { stored, failed } = await ingest(`${folder}/in`);
    expect([stored.map((receipt) => receipt.rows), failed.length]).toEqual([[2, 3], 1]);
  });

  test("CloudTrail and diagnostic settings: a broken line is named there too, categories do not mix", async () => {
    const { take, rows, store } = await workshop();
    const trail = JSON.stringify({
      eventSource: "s3",
      eventName: "Get",
      userIdentity: {},
      eventTime: "2020-01-01T00:00:00Z",
    });
    const first = await take("trail.jsonl", `${trail}\n{"eventS\n${trail}\n`);
    expect([first.rows, first.problems.map((problem) => problem.line)]).toEqual([2, [2]]);
    const entra = (category: string, name: string): string =>
      JSON.stringify({
        time: "2026-03-04T09:05:07.1234567Z",
        category,
        resourceId: "/t",
        properties: { userPrincipalName: name },
      });
    const second = await take(
      "entra.jsonl",
      `${entra("SignInLogs", "a")}\n{"bro\n${entra("NonInteractiveUserSignInLogs", "b")}\n${entra("SignInLogs", "c")}\n`,
    );
    expect([second.rows, second.problems.map((problem) => problem.line)]).toEqual([3, [2]]);
    expect(await rows("SigninLogs | order by UserPrincipalName asc | project UserPrincipalName, _line")).toEqual([
      ["a", "1"],
      ["c", "4"],
    ]);
    expect(await rows("AADNonInteractiveUserSignInLogs | project UserPrincipalName")).toEqual([["b"]]);
    expect((await store.snapshot()).tables.map((table) => table.name).sort()).toEqual([
      "AADNonInteractiveUserSignInLogs",
      "AWSCloudTrail",
      "SigninLogs",
    ]);
  });

  test("a path that is not there fails by its name, the others are stored", async () => {
    const { file, ingest, folder } = await workshop();
    const { stored, failed } = await ingest([`${folder}/nowhere.csv`, await file("a.jsonl", lines(2))]);
    expect([stored.length, failed.map((item) => item.path)]).toEqual([1, [`${folder}/nowhere.csv`]]);
    expect(failed[0]?.message).toMatch(/no such file/i);
  });

  test("a column whose values do not all convert keeps their text, counts them and drops no row", async () => {
    const { take, rows } = await workshop();
    const receipt = await take(
      "DeviceProcessEvents.csv",
      "Timestamp,DeviceName,FileName,ProcessId,ActionType\n2026-01-01T00:00:00Z,a,x.exe,12,ProcessCreated\nlast Monday,b,y.exe,0x1f,ProcessCreated\n",
    );
    expect(receipt.rows).toBe(2);
    expect(receipt.unconverted).toEqual([
      { table: "DeviceProcessEvents", column: "ProcessId", count: 1, example: "0x1f" },
      { table: "DeviceProcessEvents", column: "Timestamp", count: 1, example: "last Monday" },
    ]);
    expect(
      await rows("DeviceProcessEvents | where FileName == 'y.exe' | project Timestamp, ProcessId, _unconverted"),
    ).toEqual([[null, null, '{"Timestamp":"last Monday","ProcessId":"0x1f"}']]);
  });
});
