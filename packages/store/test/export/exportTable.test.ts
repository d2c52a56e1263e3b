import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Database, openDatabase } from "@goshawk/engine/database";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { textSql } from "../../src/export/columns.ts";
import { type ExportOptions, exportTable } from "../../src/export/index.ts";
import { timeForm } from "../../src/export/parquet.ts";
import { tidy, type Workshop, workshop } from "../temporary.ts";

let place: Workshop;
let database: Database;

const rows = [
  {
    TimeGenerated: "2026-03-04T09:05:07.1234567Z",
    Id: 9007199254740992,
    Text: '=HYPERLINK("http://evil.test";"x")',
    Score: 0.1,
    Flag: true,
    Bag: { b: [1.1, "é\n"], a: null },
  },
  { TimeGenerated: "2026-03-05T00:00:00Z", Id: -1, Text: "a,b\r\n\"c\" 'd'", Score: 1e300, Flag: false, Bag: [] },
  { TimeGenerated: "2026-03-06T00:00:00Z", Text: "-x" },
];

beforeAll(async () => {
  place = await workshop();
  const lines = rows.map((row) => `${JSON.stringify(row).replace("9007199254740992", "9007199254740993")}\n`).join("");
  await place.take("made.jsonl", lines, { table: "made_CL" });
  database = await openDatabase({ folders: [`${place.folder}/`], threads: 1 });
});

afterAll(async () => {
  database.close();
  await tidy();
});

async function write(name: string, options: Partial<ExportOptions>): Promise<string> {
  const path = join(place.folder, name);
  const asked = { store: place.store, table: "made_CL", format: "csv" as const, path, now: 0n, ...options };
  const outcome = await exportTable(asked);
  if (!outcome.ok) throw new Error(outcome.diagnostics.map((item) => item.message).join("\n"));
  return path;
}

async function sql(text: string): Promise<readonly unknown[][]> {
  const connection = await database.connect();
  try {
    return (await connection.runAndReadAll(text)).getRowsJson();
  } finally {
    connection.closeSync();
  }
}

test("NDJSON keeps every digit, every character, and dynamic values as JSON", async () => {
  const text = await readFile(await write("made.ndjson", { format: "ndjson" }), "utf8");
  expect(text.split("\n")[0]).toContain('"Id":9007199254740993,');
  expect(text.split("\n")[0]).toContain('"TimeGenerated":"2026-03-04T09:05:07.1234567Z"');
  const read = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(read.map(({ Text, Score, Flag, Bag }) => ({ Text, Score, Flag, Bag }))).toEqual([
    { Text: rows[0]?.Text, Score: 0.1, Flag: true, Bag: rows[0]?.Bag },
    { Text: rows[1]?.Text, Score: 1e300, Flag: false, Bag: [] },
    { Text: "-x", Score: null, Flag: null, Bag: null },
  ]);
});

test("CSV is read back by a strict reader, and no text begins like a formula", async () => {
  const text = await readFile(await write("made.csv", {}), "utf8");
  expect(text.replaceAll("\r\n", "")).not.toContain("\n\n");
  const read: Record<string, string>[] = parse(text, { columns: true, record_delimiter: "\r\n" });
  expect(read.map((row) => row.Text)).toEqual([`'${rows[0]?.Text}`, rows[1]?.Text, "'-x"]);
  expect(read.map((row) => row.Id)).toEqual(["9007199254740993", "-1", ""]);
  expect(read[0]?.TimeGenerated).toBe("2026-03-04T09:05:07.1234567Z");
  expect(JSON.parse(read[0]?.Bag ?? "")).toEqual(rows[0]?.Bag);
  const exact: Record<string, string>[] = parse(await readFile(await write("exact.csv", { exact: true }), "utf8"), {
    columns: true,
    record_delimiter: "\r\n",
  });
  expect(exact.map((row) => row.Text)).toEqual(rows.map((row) => row.Text));
});

test("Parquet has times, numbers and booleans of its own, exact to 100 ns", async () => {
  const path = await write("made.parquet", { format: "parquet" });
  expect(await sql(`select column_name, column_type from (describe select * from '${path}') order by 1`)).toEqual([
    ["Bag", "JSON"],
    ["Flag", "BOOLEAN"],
    ["Id", "BIGINT"],
    ["Score", "DOUBLE"],
    ["Text", "VARCHAR"],
    ["TimeGenerated", "TIMESTAMP_NS"],
  ]);
  expect(
    await sql(`select epoch_ns("TimeGenerated"), "Id", "Text" from '${path}' order by "TimeGenerated" limit 1`),
  ).toEqual([[`${Date.UTC(2026, 2, 4, 9, 5, 7) / 1000}123456700`, "9007199254740993", rows[0]?.Text]]);
  const whole = await write("whole.parquet", { format: "parquet", where: "Id < 0" });
  expect(await sql(`select typeof("TimeGenerated"), "TimeGenerated" from '${whole}'`)).toEqual([
    ["TIMESTAMP WITH TIME ZONE", "2026-03-05 00:00:00+00"],
  ]);
});

test("an export comes back the same when it is ingested", async () => {
  const other = await workshop();
  const names = ["again.parquet", "again.ndjson", "again.csv"] as const;
  for (const name of names) {
    const format = name.slice(6) as "parquet" | "ndjson" | "csv";
    const path = await write(name, { format, exact: true });
    await other.ingest(path, { table: `${format}_CL` });
  }
  const wanted = await place.rows("made_CL | project TimeGenerated, Id, Text, Score, Flag, tostring(Bag)");
  for (const format of ["parquet", "ndjson", "csv"])
    expect(
      await other.rows(`${format}_CL | project TimeGenerated, Id, Text, Score, Flag, tostring(Bag)`),
      format,
    ).toEqual(wanted);
});

test("a condition and times choose the rows", async () => {
  const path = await write("some.ndjson", {
    format: "ndjson",
    where: 'Text has "b" or Flag // a comment is no way out',
    from: 639_082_656_000_000_000n, // 2026-03-05T00:00:00Z
    to: 639_083_520_000_000_000n,
  });
  expect((await readFile(path, "utf8")).trim().split("\n")).toHaveLength(1);
});

test("a file that is there is left alone unless it is said otherwise, and nothing half made stays", async () => {
  const path = join(place.folder, "mine.csv");
  await writeFile(path, "mine");
  await expect(write("mine.csv", {})).rejects.toThrow("--force");
  expect(await readFile(path, "utf8")).toBe("mine");
  await write("mine.csv", { force: true });
  expect(await readFile(path, "utf8")).toContain("TimeGenerated");
  await expect(write("other.csv", { where: "NoSuchColumn == 1" })).rejects.toThrow("NoSuchColumn");
  await expect(write("other.csv", { signal: AbortSignal.abort() })).rejects.toThrow();
  const names = await readdir(place.folder);
  expect(names.filter((name) => name.startsWith(".") || name === "other.csv")).toEqual([]);
});

test.each([
  // Ticks and texts from Kusto's documentation of timespan, and its limits.
  ["timespan", "1", "00:00:00.0000001"],
  ["timespan", "-9223372036854775808", "-10675199.02:48:05.4775808"],
  ["timespan", "936000000000", "1.02:00:00"],
  ["datetime", "0", "0001-01-01T00:00:00.0000000Z"],
  ["datetime", "3155378975999999999", "9999-12-31T23:59:59.9999999Z"],
  ["decimal", "cast(1.10 as decimal(38,18))", "1.1"],
  ["decimal", "cast(100 as decimal(38,18))", "100"],
  ["real", "cast('-inf' as double)", "-Infinity"],
] as const)("%s %s is %s", async (type, value, text) => {
  const typed = type === "timespan" || type === "datetime" ? `cast(${value} as bigint)` : value;
  expect(await sql(`select ${textSql({ name: "x", type, sql: "x" })} from (select ${typed} as x)`)).toEqual([[text]]);
});

test("a time that no timestamp of Parquet holds exactly stays text", () => {
  const now = 639_082_656_000_000_001n;
  expect(timeForm({ fine: true, first: now, last: now })).toBe("nanoseconds");
  expect(timeForm({ fine: true, first: 1n, last: now })).toBe("text");
  expect(timeForm({ fine: false, first: 0n, last: now })).toBe("microseconds");
});
