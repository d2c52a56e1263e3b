import type { TableReading } from "@goshawk/engine";
import { Session } from "@goshawk/engine/duckdb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPlanner } from "../../src/planner.ts";
import * as schemas from "../../src/schemas.ts";
import { tidy, workshop } from "../temporary.ts";
import { hostile, kqlText, operators } from "./hostile.ts";

/** Three blocks of rows over two days, the hostile texts each in one row of its own, far apart. */
const ROWS = 45_000;
const EVERY = 1009;

let indexed: Session;
let whole: Session;

function row(at: number): object {
  const odd = at % EVERY === 0 ? (hostile[(at / EVERY) % hostile.length] ?? "") : undefined;
  return {
    Timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, at * 2)).toISOString(),
    FileName: odd ?? `tool${at % 40}.exe`,
    DeviceName: odd ?? `ws-${at % 50}.corp.example.test`,
    ProcessCommandLine: odd ?? `svchost.exe -k group${at % 7} -s task${at}`,
    ProcessId: at % 300,
    AdditionalFields: odd === undefined ? { n: at } : at % 2 === 0 ? odd : { key: odd },
    ...(at % 3 === 0 ? {} : { AccountName: odd ?? `user${at % 20}` }),
  };
}

beforeAll(async () => {
  const at = await workshop();
  const lines = Array.from({ length: ROWS }, (_, index) => JSON.stringify(row(index)));
  await at.take("DeviceProcessEvents.json", lines.join("\n"));
  // A later file without some columns, too small for an index.
  await at.take(
    "later/DeviceProcessEvents.json",
    [1, 2, 3]
      .map(
        (second) =>
          `{"Timestamp":"2026-02-01T00:00:0${second}Z","DeviceName":"Straße 7","ProcessCommandLine":"late kelvin"}`,
      )
      .join("\n"),
  );
  const { tables } = await at.store.snapshot();
  expect(tables.map((table) => table.segments.map((segment) => segment.beside.length))).toEqual([[2, 0]]);
  const options = { schemas, tables, folders: [`${at.store.folder}/`], threads: 1 };
  indexed = await Session.open({ ...options, openPlanner });
  whole = await Session.open(options);
}, 120_000);

afterAll(async () => {
  indexed?.close();
  whole?.close();
  await tidy();
});

async function ask(
  session: Session,
  text: string,
): Promise<{ rows: readonly string[]; reading: readonly TableReading[] }> {
  const outcome = await session.run({ text, now: 0n });
  if (!outcome.ok) throw new Error(`${text}\n${outcome.diagnostics.map((item) => item.message).join("\n")}`);
  return { rows: outcome.table.rows.map((cells) => JSON.stringify(cells)).sort(), reading: outcome.reading };
}

async function same(text: string): Promise<readonly TableReading[]> {
  const [ours, theirs] = [await ask(indexed, text), await ask(whole, text)];
  expect({ text, rows: ours.rows }).toEqual({ text, rows: theirs.rows });
  return ours.reading;
}

const needle = fc
  .tuple(
    fc.constantFrom(...hostile, "svchost.exe", "task777", "ws-7", "late", "absent needle"),
    fc.nat(),
    fc.nat(),
    fc.constantFrom("as is", "upper", "part"),
  )
  .map(([text, from, length, how]) => {
    if (how === "upper") return text.toUpperCase();
    if (how === "as is") return text;
    const chars = [...text];
    return chars
      .slice(from % (chars.length + 1))
      .slice(0, 1 + (length % 12))
      .join("");
  });

const columns = [
  "FileName",
  "DeviceName",
  "ProcessCommandLine",
  "AccountName",
  "tostring(AdditionalFields)",
  "tolower(DeviceName)",
];
const comparison = fc
  .tuple(
    fc.constantFrom(...columns),
    fc.constantFrom(...operators, "!has", "!=", "in", "in~", "!in", "has_any", "has_all"),
    needle,
    needle,
  )
  .map(([column, operator, a, b]) =>
    /^!?in|has_a/.test(operator)
      ? `${column} ${operator} (${kqlText(a)}, ${kqlText(b)})`
      : `${column} ${operator} ${kqlText(a)}`,
  );
const condition = fc
  .array(
    fc.oneof(
      comparison,
      comparison,
      fc.constantFrom(
        "ProcessId == 7",
        "isempty(AccountName)",
        "Timestamp > datetime(2026-01-01 06:00)",
        "rand() >= 0",
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((parts) => fc.constantFrom(" and ", " or ").map((by) => parts.map((part) => `(${part})`).join(by)));

test("an index never changes an answer, whatever the needle", async () => {
  let skipped = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(condition, { minLength: 6, maxLength: 6 }), async (conditions) => {
      const parts = conditions.map(
        (of, at) =>
          `(DeviceProcessEvents | where ${of} | summarize n = count(), p = sum(ProcessId) | extend at = ${at})`,
      );
      const reading = await same(`union ${parts.join(", ")}`);
      skipped += reading.filter(({ blocks }) => blocks.read < blocks.of).length;
    }),
    { numRuns: 15, seed: 11 },
  );
  expect(skipped).toBeGreaterThan(20);
}, 240_000);

test.each([
  [
    "a renamed and a computed column",
    "DeviceProcessEvents | project Name = DeviceName, Line = ProcessCommandLine | extend Low = tolower(Line) | where Low has 'task777'",
  ],
  [
    "a let read twice",
    "let T = DeviceProcessEvents | where ProcessId < 200; union (T | where ProcessCommandLine has 'task777'), (T | where DeviceName has 'Straße')",
  ],
  [
    "an inner and an outer join",
    "DeviceProcessEvents | where ProcessCommandLine has 'task777' | join kind=leftouter (DeviceProcessEvents | where DeviceName has 'kelvin') on ProcessId | project DeviceName, DeviceName1",
  ],
  [
    "a filter above a join",
    "DeviceProcessEvents | join kind=inner (DeviceProcessEvents | where ProcessCommandLine has 'task827') on DeviceName | where ProcessCommandLine has 'task777'",
  ],
  [
    "a limit below a filter",
    "DeviceProcessEvents | sort by Timestamp asc | take 5 | where ProcessCommandLine has 'task3' | project ProcessCommandLine",
  ],
  [
    "a number of the row below a filter",
    "DeviceProcessEvents | sort by Timestamp asc | extend n = row_number() | where ProcessCommandLine has 'task777' | project n",
  ],
  ["a group's key", "DeviceProcessEvents | summarize n = count() by DeviceName | where DeviceName has 'ws-7'"],
  [
    "an expanded column of the same name",
    "DeviceProcessEvents | extend AccountName = dynamic(['x', 'user3']) | mv-expand AccountName to typeof(string) | where AccountName has 'x' and ProcessCommandLine has 'task777' | count",
  ],
  [
    "a subquery",
    "DeviceProcessEvents | where DeviceName in ((DeviceProcessEvents | where ProcessCommandLine has 'task777' | project DeviceName)) | count",
  ],
  [
    "what rows are clustered by, and a time",
    "DeviceProcessEvents | where FileName =~ 'TOOL7.exe' and Timestamp < datetime(2026-01-01 18:00) | summarize count(), min(Timestamp), max(ProcessId)",
  ],
  [
    "versions, whose numbers need more digits than other decimals",
    "DeviceProcessEvents | where parse_version(strcat('6.0.', ProcessId)) > parse_version('6.0.290') | count",
  ],
  [
    "a time and a needle",
    "DeviceProcessEvents | where Timestamp between (datetime(2026-01-31) .. 2d) and ProcessCommandLine has 'kelvin' | project Timestamp",
  ],
])("%s", async (_, text) => {
  const [{ rows }] = [await ask(whole, text)];
  expect(rows).not.toEqual([]);
  await same(text);
});

test("rows of one file name lie together, so that not every block has some", async () => {
  const [reading] = await same("DeviceProcessEvents | where FileName == 'tool9.exe' | count");
  // One of the three blocks of the first file, and the later file, which has no index.
  expect(reading?.blocks).toEqual({ read: 2, of: 4 });
});
