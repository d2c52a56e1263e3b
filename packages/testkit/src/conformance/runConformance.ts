import type { KnownGap } from "../report/gap.ts";
import { type Judgement, type Report, reportOn, skipped } from "../report/report.ts";
import type { Answer } from "./answer.ts";
import { askAll, type BatchOptions } from "./batch.ts";
import { judge } from "./judge.ts";
import { readRecords } from "./readRecords.ts";
import type { ConformanceRecord } from "./record.ts";
import { verdict } from "./verdict.ts";

export interface ConformanceOptions extends BatchOptions {
  /** Holds the records, one `.jsonl` file a source. */
  readonly folder: string;
  readonly gaps: readonly KnownGap[];
  /** Only these sources; all where not said. */
  readonly sources?: readonly string[];
  /** Which records count; `isCounted` where not said. */
  readonly select?: (record: ConformanceRecord) => boolean;
}

/** A usable record that no other repeats, or a query that Kusto refuses. */
export function isCounted({ check, usable, redundant }: ConformanceRecord): boolean {
  return check === "error" || (usable && redundant !== true);
}

/** Puts the records to an engine and reports by source; queries over tables that are not there are skipped. */
export async function runConformance(options: ConformanceOptions): Promise<Report> {
  const { folder, gaps, sources, select = isCounted, ...batch } = options;
  const records = await chosen(folder, (one) => (sources?.includes(one.source) ?? true) && select(one));
  const names = new Set(batch.tables.map(({ name }) => name));
  const askable = records.filter((record) => missingTable(record, names) === undefined);
  const answers = await askAll(askable, batch);
  return reportOn(
    records.map((record) => judgement(record, answers, names)),
    gaps,
  );
}

async function chosen(folder: string, wanted: (record: ConformanceRecord) => boolean): Promise<ConformanceRecord[]> {
  const records = new Map<string, ConformanceRecord>();
  for await (const record of readRecords(folder)) {
    if (!wanted(record)) continue;
    if (records.has(record.id)) throw new Error(`two records are called '${record.id}'`);
    records.set(record.id, record);
  }
  return [...records.values()];
}

function judgement(
  record: ConformanceRecord,
  answers: ReadonlyMap<string, Answer>,
  tables: ReadonlySet<string>,
): Judgement {
  const { id, source: group, query } = record;
  const missing = missingTable(record, tables);
  if (missing !== undefined) return skipped(id, group, query, `needs the table '${missing}'`);
  const answer = answers.get(id);
  return { id, group, query, verdict: answer === undefined ? verdict("error", "no answer") : judge(record, answer) };
}

function missingTable({ tables }: ConformanceRecord, names: ReadonlySet<string>): string | undefined {
  return tables.find((name) => !names.has(name));
}
