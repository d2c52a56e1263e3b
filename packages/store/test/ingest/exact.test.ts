import { execFileSync } from "node:child_process";
import { appendFileSync, createWriteStream } from "node:fs";
import { mkdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openDatabase } from "@goshawk/engine/duckdb";
import { afterAll, expect, test } from "vitest";
import { objectSize } from "../../src/ingest/formats/records.ts";
import { tidy, workshop } from "../temporary.ts";

afterAll(tidy);

test("a number that its column would round is kept as text and counted", async () => {
  const { take, rows } = await workshop();
  await take("a.csv", "Kind,Ratio\na,0.5\n", { table: "Made_CL" });
  const receipt = await take("b.csv", "Kind,Ratio\nb,11540474045172975\nc,9007199254740992\nd,1_000\ne,0.1\n", {
    table: "Made_CL",
  });
  expect(receipt.unconverted).toEqual([{ table: "Made_CL", column: "Ratio", count: 2, example: "11540474045172975" }]);
  expect(
    await rows("Made_CL | order by Kind asc | project Ratio == 9007199254740992.0, tostring(_unconverted.Ratio)"),
  ).toEqual([
    ["false", ""],
    ["false", "11540474045172975"],
    ["true", ""],
    ["false", "1_000"],
    ["false", ""],
  ]);
});

test("digits of a decimal that are not kept make it text, not another number", async () => {
  const { take, rows } = await workshop();
  const body = {
    tables: [
      {
        name: "PrimaryResult",
        columns: [
          { name: "Kind", type: "string" },
          { name: "Exact", type: "decimal" },
        ],
        rows: [
          ["a", "0.123456789012345678"],
          ["b", "0.1234567890123456789"],
          ["c", "1e-30"],
          ["d", "1.5e-3"],
          ["e", "0.50000000000000000000000"],
        ],
      },
    ],
  };
  const receipt = await take("made.json", JSON.stringify(body), { table: "Made_CL" });
  expect(receipt.unconverted).toEqual([
    { table: "Made_CL", column: "Exact", count: 2, example: "0.1234567890123456789" },
  ]);
  const found = await rows("Made_CL | order by Kind asc | project isnull(Exact), tostring(_unconverted.Exact)");
  expect(found).toEqual([
    ["false", ""],
    ["true", "0.1234567890123456789"],
    ["true", "1e-30"],
    ["false", ""],
    ["false", ""],
  ]);
});

test("columns of Parquet are stored exactly, or what becomes of them is told", async () => {
  const { folder, ingest, rows } = await workshop();
  await mkdir(join(folder, "in"), { recursive: true });
  const path = join(folder, "in", "wide.parquet");
  const database = await openDatabase({ folders: [`${folder}/`], threads: 1 });
  const connection = await database.connect();
  await connection.run(`copy (select 12345678901234567890123456789012345678::decimal(38,0) as Big,
    interval '1 month 2 days' as Span, 18446744073709551615::ubigint as Unsigned, 1.50::decimal(10,2) as Price,
    time '01:02:03.5' as Clock, make_timestamp_ns(1772615107123456789) as Ns, timestamp_s '2026-03-04 09:05:07' as Seconds,
    'infinity'::timestamp as Never, {'a': 9007199254740993} as Nested, 'text'::blob as Bytes,
    1 as One) to '${path}' (format parquet)`);
  connection.closeSync();
  database.close();
  const { stored } = await ingest(path, { table: "Made_CL" });
  expect(stored[0]?.notes).toEqual([
    "Big is DECIMAL(38,0) in the file, which no type of Kusto holds exactly; it is stored as text",
    "Span is INTERVAL in the file, which no type of Kusto holds exactly; it is stored as text",
    "Bytes is binary in the file; what is no UTF-8 text is stored in base64",
    "1 times of Ns are finer than 100 nanoseconds, and cut off there",
  ]);
  expect(stored[0]?.unconverted.map(({ column, count }) => [column, count])).toEqual([["Never", 1]]);
  expect(await rows("Made_CL | project Big, Span, Unsigned, Clock, Ns, Seconds, Nested, Bytes, One")).toEqual([
    [
      "12345678901234567890123456789012345678",
      "1 month 2 days",
      "18446744073709551615",
      "01:02:03.5000000",
      "2026-03-04T09:05:07.1234567Z",
      "2026-03-04T09:05:07.0000000Z",
      '{"a":9007199254740993}',
      "text",
      "1",
    ],
  ]);
  expect(await rows("Made_CL | where Price == decimal(1.5) | count")).toEqual([["1"]]);
});

test("one record with the same key twice stops no other", async () => {
  const { take, rows } = await workshop();
  const receipt = await take("made.jsonl", '{"a":1,"a":2}\n{"a":3}\n');
  expect([receipt.rows, receipt.notes]).toEqual([
    2,
    ["1 records have a key twice; the first of its values was stored"],
  ]);
  expect(await rows("made_CL | project a | order by a asc")).toEqual([["1"], ["3"]]);
});

test("JSON objects without anything between them are as many rows", async () => {
  const { take } = await workshop();
  expect((await take("made.json", '{"a":1}{"a":2} {"a":3}')).rows).toBe(3);
});

test("bytes behind a gzip are told; several gzips in one file are one text", async () => {
  const { take } = await workshop();
  const [one, two] = [gzipSync("a,b\n1,2\n"), gzipSync("3,4\n")];
  const trailing = await take("trailing.csv.gz", Buffer.concat([one, Buffer.from("garbage")]));
  expect(trailing.notes.join()).toMatch(/cut off or damaged/);
  const several = await take("several.csv.gz", Buffer.concat([one, two]));
  expect([several.rows, several.notes]).toEqual([2, []]);
});

test("a file that grows while it is read is not stored in a form that its sum does not speak of", async () => {
  const { file, ingest, rows } = await workshop();
  const path = await file("growing.jsonl", '{"a":1}\n');
  let grown = false;
  const report = await ingest(path, {
    table: "Made_CL",
    onProgress: ({ bytes }) => {
      if (bytes > 0 && !grown) appendFileSync(path, '{"a":2,"b":3}\n');
      grown ||= bytes > 0;
    },
  });
  expect(report.failed.map(({ message }) => message).join()).toMatch(/changed while it was read/);
  expect((await ingest(path, { table: "Made_CL" })).stored[0]?.rows).toBe(2);
  expect(await rows("Made_CL | count")).toEqual([["2"]]);
});

test("a named pipe is read once, and its rows are stored", async (context) => {
  const { folder, ingest } = await workshop();
  const pipe = join(folder, "pipe");
  try {
    execFileSync("mkfifo", [pipe], { stdio: "ignore" });
  } catch {
    console.log("skipped: a named pipe; this system has no mkfifo");
    context.skip();
  }
  createWriteStream(pipe).end("a,b\n1,2\n3,4\n");
  const { stored, failed } = await ingest(pipe, { table: "Made_CL" });
  expect([failed, stored[0]?.rows, stored[0]?.path]).toEqual([[], 2, pipe]);
});

test("a JSON list of any size is read in pieces that fit into memory", async () => {
  const { file } = await workshop();
  const path = await file("list.json", "[]");
  await truncate(path, 2 ** 33);
  expect(objectSize(path, "array")).toBe(2 ** 25);
});
