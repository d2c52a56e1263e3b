import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Database, openDatabase, Session } from "@goshawk/engine/duckdb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openParquetFolder, type ParquetFolder } from "../../src/parquetFolder/index.ts";
import * as schemas from "../../src/schemas.ts";

let folder = "";
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-parquet-"));
  database = await openDatabase({ folders: [`${folder}/`], threads: 1 });
});

afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, sql: string, options = ""): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  const connection = await database.connect();
  try {
    await connection.run(`copy (${sql}) to '${join(folder, name)}' (format parquet${options})`);
  } finally {
    connection.closeSync();
  }
}

async function ask(of: ParquetFolder, kql: string): Promise<readonly (readonly (string | null)[])[]> {
  const session = await Session.open({ schemas, tables: of.tables, folders: [`${of.folder}/`], threads: 1 });
  try {
    const outcome = await session.run({ text: kql, now: 0n });
    if (!outcome.ok) throw new Error(outcome.diagnostics.map((item) => item.message).join("\n"));
    return outcome.table.rows;
  } finally {
    session.close();
  }
}

test("every foreign type is a Kusto value, exact where Kusto can hold it", async () => {
  await write(
    "types/Made.parquet",
    `select timestamp '2026-03-04 09:05:07.123456' as Us,
      timestamptz '2026-03-04 10:05:07.123456+01' as Zoned,
      make_timestamp_ns(1772615107123456789) as Ns,
      timestamp_ms '2026-03-04 09:05:07.123' as Ms,
      date '2026-03-04' as Day,
      timestamp '0044-03-15 (BC) 12:00:00' as Bc,
      time '01:02:03.5' as Clock,
      12345678901234567.25::decimal(19,2) as Dec,
      1.5::decimal(38,30) as Fine,
      18446744073709551615::ubigint as Big,
      200::utinyint as Small,
      1.5::float as Real,
      uuid 'AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee' as Id,
      {'a': 1, 'b': [1, 2]} as Struct,
      [1, 2] as List,
      '{"x": 1}'::json as Json,
      'text'::blob as Bytes,
      null::varchar as Nothing,
      true as Flag`,
  );
  const made = await openParquetFolder(join(folder, "types"));
  const [row = []] = await ask(
    made,
    "Made | project Us, Zoned, Ns, Ms, Day, Bc, Clock, Dec, Fine, Big, Small, Real, Id, Struct.b[1], List[0], Json.x, Bytes, Nothing, Flag",
  );
  const time = "2026-03-04T09:05:07.";
  expect(row.slice(0, 7)).toEqual([
    `${time}1234560Z`,
    `${time}1234560Z`,
    `${time}1234567Z`,
    `${time}1230000Z`,
    "2026-03-04T00:00:00.0000000Z",
    null,
    "01:02:03.5000000",
  ]);
  expect(row.slice(7)).toEqual([
    "12345678901234567.25",
    expect.stringMatching(/^1\.50*$/),
    "18446744073709551615",
    "200",
    "1.5",
    "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "2",
    "1",
    "1",
    "text",
    "",
    "true",
  ]);
});

test("folders and files are tables, partitions are columns, and both event times are there", async () => {
  const rows = "select timestamp '2026-03-04 09:05:07' as timestamp, 'a' as devicename, 7 as n";
  await write("estate/deviceinfo/date=2026-03-04/region=07/part-0.parquet", rows);
  await write("estate/deviceinfo/date=2026-03-05/region=08/part-0.parquet", rows);
  await write("estate/Odd Name.parquet", "select 1 as x");
  await mkdir(join(folder, "estate/deviceinfo/_temporary"));
  await writeFile(join(folder, "estate/deviceinfo/_SUCCESS"), "");
  const estate = await openParquetFolder(join(folder, "estate"));
  expect(estate.tables.map(({ name, rows: count }) => [name, count])).toEqual([
    ["Odd_Name", 1],
    ["DeviceInfo", 2],
  ]);
  expect(
    await ask(
      estate,
      "DeviceInfo | where TimeGenerated == Timestamp and region == '07' | project DeviceName, ['date'], n",
    ),
  ).toEqual([["a", "2026-03-04", "7"]]);
  expect(await ask(estate, "Odd_Name | project x")).toEqual([["1"]]);
});

test.each(["timestamp", "timestamptz", "timestamp_ns", "date"])(
  "a filter on time skips row groups of a %s",
  async (type) => {
    await write(
      `pruned/${type}/Made.parquet`,
      `select (timestamp '2026-01-01' + interval (i) minute)::${type} as Timestamp, i as N from range(100000) t(i)`,
      ", row_group_size 10000",
    );
    const made = await openParquetFolder(join(folder, "pruned", type));
    const session = await Session.open({ schemas, tables: made.tables, folders: [`${made.folder}/`], threads: 1 });
    try {
      const text = "Made | where Timestamp between (datetime(2026-03-01) .. datetime(2026-03-01 23:59:59.9999999))";
      const outcome = await session.around(
        { text: `${text} | summarize count(), min(N)`, now: 0n },
        async (query, connection) => {
          const answer = await connection.runAndReadAll(query.sql, [...query.parameters]);
          const plan = await connection.runAndReadAll(`explain analyze ${query.sql}`, [...query.parameters]);
          return { answer: answer.getRows().map((row) => row.map(String)), plan: plan.getRows().flat().join("\n") };
        },
      );
      if (!outcome.ok) throw new Error("it does not compile");
      // 59 days of 1440 minutes come before March.
      expect(outcome.result.answer).toEqual([["1440", String(59 * 1440)]]);
      const filters = outcome.result.plan.slice(outcome.result.plan.lastIndexOf("Filters:"));
      expect(filters.replaceAll(/[│\s]/g, "")).toContain("2026-03-01");
    } finally {
      session.close();
    }
  },
);

test("rows on the edges of a span are neither lost nor added, whatever the files count", async () => {
  await write(
    "edges/Made.parquet",
    `select make_timestamp_ns(1772615107123456700 + i * 100) as Timestamp, (timestamp '2026-03-04 09:05:07.123456' + interval (i) microsecond) as Us, i as N from range(-20, 20) t(i)`,
  );
  const made = await openParquetFolder(join(folder, "edges"));
  const from = "datetime(2026-03-04 09:05:07.1234567)";
  expect(await ask(made, `Made | where Timestamp >= ${from} | summarize count(), min(N)`)).toEqual([["20", "0"]]);
  expect(await ask(made, `Made | where Timestamp <= ${from} | summarize count(), max(N)`)).toEqual([["21", "0"]]);
  expect(await ask(made, `Made | where Us > ${from} | summarize count(), min(N)`)).toEqual([["19", "1"]]);
  expect(await ask(made, `Made | where Us < ${from} | summarize count(), max(N)`)).toEqual([["21", "0"]]);
  // A table that is read twice is read as widely as either asks.
  expect(
    await ask(made, `union (Made | where Timestamp < ${from}), (Made | where Timestamp >= ${from}) | count`),
  ).toEqual([["40"]]);
  expect(await ask(made, `Made | where Timestamp >= ${from} or N == -20 | count`)).toEqual([["21"]]);
});

test("a table whose files also hold deleted rows is refused, and so is a column that counts nobody knows what", async () => {
  await write("odd/Lake/part-0.parquet", "select 1 as x");
  await mkdir(join(folder, "odd/Lake/_delta_log"));
  await write("odd/DeviceEvents.parquet", "select 1772615107123 as Timestamp, 'x' as DeviceName, 'seven' as ProcessId");
  await writeFile(join(folder, "odd/Broken.parquet"), "no parquet");
  const odd = await openParquetFolder(join(folder, "odd"));
  expect(odd.tables.map((table) => table.name)).toEqual(["DeviceEvents"]);
  const said = odd.notes.join("\n");
  expect(said).toMatch(/Lake is left out: .*Delta/);
  expect(said).toMatch(/Broken is left out: .*Broken.parquet/);
  expect(said).toMatch(/DeviceEvents.Timestamp is left out: it is BIGINT/);
});

test("queries reach the folder and nothing beside it", async () => {
  await write("secret/Other.parquet", "select 1 as x");
  await write("open/Made.parquet", "select 1 as x");
  const made = await openParquetFolder(join(folder, "open"));
  const inside = await openDatabase({ folders: [`${made.folder}/`] });
  const connection = await inside.connect();
  await expect(connection.run(`select * from '${join(folder, "secret/Other.parquet")}'`)).rejects.toThrow();
  connection.closeSync();
  inside.close();
});

test("values that Kusto can't hold are told, and so are files that disagree on a column's type", async () => {
  const times = "timestamp '2026-03-04 09:05:07' as Made";
  await write("differ/Odd/a.parquet", `select 9007199254740993::bigint as Id, 'x' as Kind, 1 as N, ${times}`);
  await write(
    "differ/Odd/b.parquet",
    `select 0.5::double as Id, 7 as Kind, 2::bigint as N, 'infinity'::timestamp as Made`,
  );
  await write(
    "differ/Odd/c.parquet",
    "select null::double as Id, 8 as Kind, 3 as N, '290000-01-01'::timestamp as Made",
  );
  await write(
    "differ/Wide.parquet",
    `select 12345678901234567890123456789012345678::decimal(38,0) as Big, interval '1 month 2 days' as Span,
      {'a': 1234567890123456789012345678.123::decimal(38,10), 'b': [map {'k': 1.5::decimal(5,2)}]} as Nested,
      make_timestamp_ns(1772615107123456789) as Ns`,
  );
  const odd = await openParquetFolder(join(folder, "differ"));
  expect(odd.notes).toEqual([
    "Odd.Id is BIGINT in 1 file (a.parquet) and DOUBLE in 2 files (such as b.parquet); it is read as DOUBLE everywhere, which rounds numbers of more than 15 digits",
    "Odd.Kind is VARCHAR in 1 file (a.parquet) and INTEGER in 2 files (such as b.parquet); it is read as VARCHAR everywhere",
    "Odd.Made: 2 of its values are infinite or beyond the years 1 to 9999, and null here",
    "Wide.Big is DECIMAL(38,0) in the files, which no type of Kusto holds exactly; it is read as text",
    "Wide.Span is INTERVAL in the files, which no type of Kusto holds exactly; it is read as text",
    "Wide.Ns: 1 of its values are finer than 100 nanoseconds, and cut off there",
  ]);
  expect(await ask(odd, "Wide | project Big, Span, Nested")).toEqual([
    [
      "12345678901234567890123456789012345678",
      "1 month 2 days",
      '{"a":1234567890123456789012345678.1230000000,"b":[{"k":1.5}]}',
    ],
  ]);
});

test("a file whose name looks like a pattern is read once, and its neighbours are not read for it", async () => {
  await write("globs/T/a*.parquet", "select 1 as n");
  await write("globs/T/ab.parquet", "select 2 as n");
  await write("globs/T/[c].parquet", "select 3 as n");
  const globs = await openParquetFolder(join(folder, "globs"));
  expect(await ask(globs, "T | order by n asc")).toEqual([["1"], ["2"], ["3"]]);
});
