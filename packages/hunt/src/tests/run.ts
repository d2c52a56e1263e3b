import type { Backend, ValueTable } from "@goshawk/engine";
import { type KqlType, parseDatetime } from "@goshawk/kql";
import type { Exclusion } from "../exclusions/exclusion.ts";
import type { EventTime } from "../exclusions/narrowing.ts";
import type { Coverage, TableCoverage } from "../hunts/coverage.ts";
import { runHunt } from "../hunts/runHunt.ts";
import type { Rule } from "../rules/rule.ts";
import { shown } from "../rules/text/shown.ts";
import { cellText } from "./cells.ts";
import { differences } from "./judge.ts";
import type { EventRow, TestCase } from "./testCase.ts";

/** An engine that takes tables as values. */
export interface TestEngine extends Backend {
  useValues(tables: readonly ValueTable[]): void;
}

export interface TestOptions {
  /** One runs its cases one after the other; several share them. */
  readonly engines: readonly TestEngine[];
  /** The columns of a table; undefined for one that is not known. */
  readonly columnsOf: (table: string) => readonly { readonly name: string; readonly type: KqlType }[] | undefined;
  readonly eventTime: EventTime;
  readonly today: string;
  readonly signal?: AbortSignal;
  readonly onResult?: (result: TestResult) => void;
}

/** A case with its rule and the exclusions that it applies; or why there is none. */
export interface PlannedCase {
  readonly test: TestCase;
  readonly rule: Rule | { readonly fault: string };
  readonly exclusions: readonly Exclusion[];
}

export interface TestResult {
  readonly test: TestCase;
  readonly rule: Rule | undefined;
  readonly outcome: "passed" | "failed" | "error";
  /** What differs, or why it could not be tried. */
  readonly lines: readonly string[];
  readonly milliseconds: number;
}

/** Runs cases, those of one rule one after another on one engine; results come in the order of the cases. */
export async function runTests(cases: readonly PlannedCase[], options: TestOptions): Promise<readonly TestResult[]> {
  const results = new Map<PlannedCase, TestResult>();
  const groups = groupedByRule(cases);
  const work = async (engine: TestEngine): Promise<void> => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      for (const item of group) {
        options.signal?.throwIfAborted();
        const result = await runCase(item, engine, options);
        results.set(item, result);
        options.onResult?.(result);
      }
    }
  };
  await Promise.all(options.engines.map(work));
  return cases.flatMap((item) => results.get(item) ?? []);
}

function groupedByRule(cases: readonly PlannedCase[]): (readonly PlannedCase[])[] {
  const groups = new Map<unknown, PlannedCase[]>();
  for (const item of cases) {
    const known = groups.get(item.rule);
    if (known === undefined) groups.set(item.rule, [item]);
    else known.push(item);
  }
  return [...groups.values()];
}

async function runCase(item: PlannedCase, engine: TestEngine, options: TestOptions): Promise<TestResult> {
  const { test, rule } = item;
  const started = performance.now();
  const done = (outcome: TestResult["outcome"], lines: readonly string[]): TestResult => ({
    test,
    rule: "fault" in rule ? undefined : rule,
    outcome,
    lines,
    milliseconds: performance.now() - started,
  });
  if ("fault" in rule) return done("error", [rule.fault]);
  const tables = tablesOf(test, options);
  if ("fault" in tables) return done("error", [tables.fault]);
  const now = test.now === undefined ? newest(tables.stored) : parseDatetime(test.now);
  if (now === undefined)
    return done("error", [
      test.now === undefined
        ? "no event has a time, so none can tell what now() says: give 'now'"
        : `'${test.now}' is no datetime`,
    ]);
  engine.useValues(tables.values);
  const { eventTime, today, signal } = options;
  const [outcome] = await runHunt([rule], engine, {
    now,
    stored: tables.stored,
    exclusions: item.exclusions,
    today,
    eventTime,
    ...(signal === undefined ? {} : { signal }),
  });
  if (outcome === undefined) return done("error", ["it was not run"]);
  if (outcome.kind === "failed") return done("error", [outcome.message]);
  if (outcome.kind === "refused")
    return done(
      "error",
      outcome.diagnostics.map(({ message }) => message),
    );
  const unread = unreadTable(item, outcome.coverage);
  if (unread !== undefined) return done("error", [unread]);
  const broken =
    outcome.tuning?.broken.flatMap(({ exclusion, reasons }) =>
      reasons.map((reason) => `exclusion ${exclusion.id}: ${reason}`),
    ) ?? [];
  if (broken.length > 0) return done("error", broken);
  const lines = differences(test.expect, rule, outcome.table);
  return done(lines.length === 0 ? "passed" : "failed", lines);
}

/** What is said of events that the rule never looks at: nothing found in them would prove nothing. */
function unreadTable({ test, exclusions }: PlannedCase, { searched, tooOld, missing }: Coverage): string | undefined {
  const tables = [...[...searched, ...tooOld].map(({ name }) => name), ...missing];
  const known = new Set([...tables, ...exclusions.flatMap(({ evidence }) => evidence?.table ?? [])]);
  const unread = [...test.events.keys()].find((table) => !known.has(table));
  if (unread === undefined) return undefined;
  const reads = tables.length === 0 ? "it reads no table" : `it reads ${tables.toSorted().join(", ")}`;
  return `the rule reads no table '${shown(unread)}', so its events prove nothing; ${reads}`;
}

interface Tables {
  readonly values: readonly ValueTable[];
  readonly stored: ReadonlyMap<string, TableCoverage>;
}

/** The case's events in the columns of their tables; a table that nobody knows has the columns of its events. */
function tablesOf(test: TestCase, options: TestOptions): Tables | { readonly fault: string } {
  const values: ValueTable[] = [];
  const stored = new Map<string, TableCoverage>();
  for (const [name, rows] of test.events) {
    const columns = options.columnsOf(name) ?? inferred(rows);
    const known = new Set(columns.map((column) => column.name));
    const strange = rows.flatMap((row) => Object.keys(row)).find((key) => !known.has(key));
    if (strange !== undefined) return { fault: `${name} has no column '${strange}'` };
    const cells: (readonly (string | null)[])[] = [];
    for (const row of rows) {
      const texts = columns.map((column) => cellText(cellOf(row, column.name), column.type));
      const wrong = texts.indexOf(undefined);
      const column = columns[wrong];
      if (column !== undefined)
        return {
          fault: `${name}.${column.name} is ${JSON.stringify(row[column.name])}, and that is no ${column.type}`,
        };
      cells.push(texts.map((text) => text ?? null));
    }
    values.push({ name, columns, rows: cells });
    stored.set(name, coverage(name, columns, cells, options.eventTime(name)));
  }
  return { values, stored };
}

/** Defender's and Sentinel's names of the one event time. */
function cellOf(row: EventRow, name: string): unknown {
  if (row[name] !== undefined) return row[name];
  return name === "Timestamp" ? row.TimeGenerated : name === "TimeGenerated" ? row.Timestamp : undefined;
}

function inferred(rows: readonly EventRow[]): readonly { readonly name: string; readonly type: KqlType }[] {
  const types = new Map<string, KqlType>();
  for (const [name, value] of rows.flatMap((row) => Object.entries(row)))
    if (!types.has(name)) types.set(name, typeOf(name, value));
  return [...types].map(([name, type]) => ({ name, type }));
}

function typeOf(name: string, value: unknown): KqlType {
  if (name === "TimeGenerated" || name === "Timestamp") return "datetime";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "long" : "real";
  return typeof value === "object" && value !== null ? "dynamic" : "string";
}

function coverage(
  name: string,
  columns: readonly { readonly name: string }[],
  rows: readonly (readonly (string | null)[])[],
  time: string,
): TableCoverage {
  const index = columns.findIndex((column) => column.name === time);
  const times = rows.flatMap((row) => parseDatetime(row[index] ?? "") ?? []).sort((a, b) => (a < b ? -1 : 1));
  return { name, rows: rows.length, firstEvent: times[0] ?? null, lastEvent: times.at(-1) ?? null };
}

function newest(stored: ReadonlyMap<string, TableCoverage>): bigint | undefined {
  return [...stored.values()].flatMap((table) => table.lastEvent ?? []).sort((a, b) => (a > b ? -1 : 1))[0];
}
