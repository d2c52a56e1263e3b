import { join } from "node:path";
import { eventTimes, timePair, withBothTimes } from "../catalogue/eventTimes.ts";
import type { SegmentEntry, SourceEntry } from "./entries.ts";
import type { Receipt, ReceiptTable } from "./receipt.ts";
import type { Segment, StoredColumn, StoredTable, StoreSnapshot } from "./snapshot.ts";
import type { StoreState } from "./state.ts";

export function snapshotOf(folder: string, state: StoreState): StoreSnapshot {
  const byTable = new Map<string, SegmentEntry[]>();
  for (const entry of state.segments.values()) {
    const known = byTable.get(entry.table);
    if (known === undefined) byTable.set(entry.table, [entry]);
    else known.push(entry);
  }
  return {
    version: state.generation,
    tables: [...byTable].map(([name, entries]) => tableOf(name, entries, folder)),
  };
}

function tableOf(name: string, entries: readonly SegmentEntry[], folder: string): StoredTable {
  const segments = entries.map((entry) => segmentOf(entry, folder));
  const columns = withBothTimes(name, columnsOf(entries));
  return {
    name,
    rows: segments.reduce((sum, segment) => sum + segment.rows, 0),
    ...timeSpan(segments),
    eventTime: eventTimes.find((time) => columns.some((column) => column.name === time)),
    mixedTimes: columns.some(isHalfTime) ? timePair(name, columns) : undefined,
    columns,
    segments,
    files: segments.map((segment) => segment.file),
  };
}

/** An event time that some segments lack. */
function isHalfTime({ name, complete }: StoredColumn): boolean {
  return !complete && eventTimes.some((time) => time === name);
}

function segmentOf(entry: SegmentEntry, folder: string): Segment {
  const { rows, bytes, sources } = entry;
  return {
    file: join(folder, entry.file),
    rows,
    bytes,
    sources,
    firstEvent: ticks(entry.firstEvent),
    lastEvent: ticks(entry.lastEvent),
    beside: (entry.beside ?? []).map((beside) => join(folder, beside.file)),
  };
}

function ticks(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

type Span = Pick<StoredTable, "firstEvent" | "lastEvent">;

/** The first and the last event of several spans. */
export function timeSpan(spans: readonly Span[]): Span {
  let [firstEvent, lastEvent]: [bigint | null, bigint | null] = [null, null];
  for (const span of spans) {
    if (span.firstEvent !== null && (firstEvent === null || span.firstEvent < firstEvent)) firstEvent = span.firstEvent;
    if (span.lastEvent !== null && (lastEvent === null || span.lastEvent > lastEvent)) lastEvent = span.lastEvent;
  }
  return { firstEvent, lastEvent };
}

function columnsOf(entries: readonly SegmentEntry[]): readonly StoredColumn[] {
  const found = new Map<string, { readonly column: SegmentEntry["columns"][number]; count: number }>();
  for (const { columns } of entries) {
    for (const column of columns) {
      const known = found.get(column.name);
      if (known === undefined) found.set(column.name, { column, count: 1 });
      else known.count++;
    }
  }
  return [...found.values()].map(({ column, count }) => ({ ...column, complete: count === entries.length }));
}

/** The receipts that a state holds, oldest first. */
export function receiptsOf(folder: string, state: StoreState): readonly Receipt[] {
  const kept = new Map<string, number>();
  for (const { sources } of state.segments.values())
    for (const { id, rows } of sources) kept.set(id, (kept.get(id) ?? 0) + rows);
  return [...state.sources.values()].map((source) => receiptOf(folder, source, kept.get(source.id) ?? 0));
}

/** What became of one source, of whose rows so many are still stored. */
export function receiptOf(folder: string, source: SourceEntry, kept: number): Receipt {
  const { rejectedFile, tables: stored, ...facts } = source;
  const tables = byName(
    stored.map(({ firstEvent, lastEvent, ...rest }) => ({
      ...rest,
      firstEvent: ticks(firstEvent),
      lastEvent: ticks(lastEvent),
    })),
  );
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return {
    ...facts,
    rows,
    removed: rows - kept,
    ...timeSpan(tables),
    tables,
    ...(rejectedFile === undefined ? {} : { rejectedFile: join(folder, rejectedFile) }),
  };
}

/** A member of an archive brings its own part of a table; the receipt tells of the table. */
function byName(parts: readonly ReceiptTable[]): readonly ReceiptTable[] {
  const tables = new Map<string, ReceiptTable>();
  for (const part of parts) {
    const known = tables.get(part.table);
    tables.set(
      part.table,
      known === undefined ? part : { ...part, rows: known.rows + part.rows, ...timeSpan([known, part]) },
    );
  }
  return [...tables.values()];
}
