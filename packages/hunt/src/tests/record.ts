import { basename } from "node:path";
import type { Backend, ResultTable } from "@goshawk/engine";
import { formatDatetime, type KqlType } from "@goshawk/kql";
import { stringify } from "yaml";
import { sampleValue } from "../exclusions/datatable.ts";
import { identityColumns } from "../hunts/identity.ts";
import type { RuleAnswer } from "../hunts/runHunt.ts";
import { runTests, type TestEngine, type TestOptions } from "./run.ts";
import type { EventRow, TestCase } from "./testCase.ts";

/** So many rows of a table are looked at for those that make the finding. */
const MOST_ROWS = 2_000;
const MOST_TRIES = 120;

export interface RecordOptions extends Omit<TestOptions, "engines" | "onResult"> {
  /** Where the finding was made. */
  readonly store: Backend;
  /** Where the case is tried. */
  readonly engine: TestEngine;
  /** Columns whose values are replaced, the same value by the same word everywhere. */
  readonly mask: readonly string[];
}

interface TableRow {
  readonly table: string;
  readonly row: EventRow;
}

/** A test case that makes a rule's finding again, of as few events as were found to do; or why there is none. */
export async function recordCase(
  answer: RuleAnswer,
  index: number,
  options: RecordOptions,
): Promise<TestCase | { readonly fault: string }> {
  const identity = identityOf(answer, index);
  const events: TableRow[] = [];
  for (const { name } of answer.coverage.searched) {
    const rows = await rowsOf(name, identity, answer.now, options);
    events.push(...rows.map((row) => ({ table: name, row })));
  }
  const made = (rows: readonly TableRow[], expected: EventRow = identity): TestCase => caseOf(answer, expected, rows);
  let tries = 0;
  const holds = async (rows: readonly TableRow[], expected?: EventRow): Promise<boolean> => {
    tries++;
    const planned = { test: made(rows, expected), rule: answer.rule, exclusions: [] };
    const [result] = await runTests([planned], { ...options, engines: [options.engine] });
    return result?.outcome === "passed";
  };
  if (!(await holds(events)))
    return {
      fault: `the newest ${MOST_ROWS} rows about it don't make the finding by themselves: the rule needs others too`,
    };
  const few = await fewest(events, holds, () => tries < MOST_TRIES);
  if (options.mask.length === 0) return made(few);
  const mask = masker(options.mask);
  const masked = few.map(({ table, row }) => ({ table, row: mask(row) }));
  const expected = mask(identity);
  if (await holds(masked, expected)) return made(masked, expected);
  return {
    fault: `with ${options.mask.join(", ")} masked the rule doesn't find it any more: it looks at those values`,
  };
}

function identityOf({ rule, table }: RuleAnswer, index: number): EventRow {
  const row = table.rows[index] ?? [];
  return Object.fromEntries(
    identityColumns(rule, table).map((column) => [table.columns[column]?.name ?? "", row[column] ?? ""]),
  );
}

async function rowsOf(
  table: string,
  identity: EventRow,
  now: bigint,
  { store, columnsOf, eventTime, signal }: RecordOptions,
): Promise<readonly EventRow[]> {
  const columns = columnsOf(table) ?? [];
  const names = new Set(columns.map((column) => column.name));
  const about = Object.entries(identity)
    .filter(([name, value]) => names.has(name) && typeof value === "string" && value !== "")
    .map(([name, value]) => `| where ['${name}'] == ${JSON.stringify(value)}`);
  const newest = names.has(eventTime(table)) ? `| top ${MOST_ROWS} by ${eventTime(table)} desc` : `| take ${MOST_ROWS}`;
  const text = [`['${table}']`, ...about, newest].join("\n");
  const outcome = await store.query({ text, now }, signal);
  return outcome.ok ? outcome.table.rows.map((row) => eventOf(row, outcome.table, names)) : [];
}

function eventOf(row: ResultTable["rows"][number], { columns }: ResultTable, known: ReadonlySet<string>): EventRow {
  const time = columns.some(({ name }) => name === "Timestamp");
  const cells = columns.flatMap(({ name, type }, index): readonly (readonly [string, unknown])[] => {
    // Where a table has both, they are one time.
    if (!known.has(name) || (name === "TimeGenerated" && time)) return [];
    const value = sampleValue(row[index] ?? null, type as KqlType);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(cells);
}

/** Takes rows out, in ever smaller pieces, as long as the rest still makes the finding. */
async function fewest(
  rows: readonly TableRow[],
  holds: (rows: readonly TableRow[]) => Promise<boolean>,
  goOn: () => boolean,
): Promise<readonly TableRow[]> {
  let left = rows;
  for (let size = Math.ceil(left.length / 2); size >= 1 && goOn(); ) {
    let shrunk = false;
    for (let start = 0; start < left.length && left.length > 1 && goOn(); ) {
      const without = [...left.slice(0, start), ...left.slice(start + size)];
      if (without.length > 0 && (await holds(without))) {
        left = without;
        shrunk = true;
      } else start += size;
    }
    if (size === 1 && !shrunk) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return left;
}

function masker(fields: readonly string[]): (row: EventRow) => EventRow {
  const words = new Map<string, string>();
  const wordFor = (field: string, value: unknown): string => {
    const key = String(value);
    const word = words.get(key) ?? `${field.toLowerCase()}-${words.size + 1}`;
    words.set(key, word);
    return word;
  };
  return (row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        fields.includes(name) && value !== "" && value !== undefined ? wordFor(name, value) : value,
      ]),
    );
}

function caseOf({ rule, now }: RuleAnswer, identity: EventRow, rows: readonly TableRow[]): TestCase {
  const events = new Map<string, EventRow[]>();
  for (const { table, row } of rows) events.set(table, [...(events.get(table) ?? []), row]);
  const [who = "something"] = Object.values(identity).filter((value) => value !== "");
  return {
    name: `finds ${String(who)}`,
    // An id of our own making depends on where the rule was read from; its file stands beside the test.
    rule: rule.idOrigin === "file" ? rule.id : basename(rule.path),
    now: formatDatetime(now),
    exclusions: undefined,
    events,
    expect: { kind: "rows", rows: [identity], more: true },
    path: rule.path,
    position: { line: 1, column: 1 },
  };
}

/** Cases as a test file. */
export function testFileText(cases: readonly TestCase[]): string {
  const tests = cases.map(({ name, rule, now, events, expect }) => ({
    name,
    rule,
    now,
    events: Object.fromEntries(events),
    expect: expect.kind === "rows" ? { rows: expect.rows, ...(expect.more ? { more: true } : {}) } : expect.kind,
  }));
  return stringify({ tests }, { lineWidth: 0 });
}
