import { join } from "node:path";
import { catalogueTable } from "../catalogue/catalogue.ts";
import type { Manifest, SegmentEntry } from "./manifest.ts";
import type { Receipt } from "./receipt.ts";
import type { Segment, StoredColumn, StoredTable, StoreSnapshot } from "./snapshot.ts";

const eventTimes = ["Timestamp", "TimeGenerated"];

export function snapshotOf(folder: string, manifest: Manifest): StoreSnapshot {
  const byTable = new Map<string, SegmentEntry[]>();
  for (const entry of manifest.segments) {
    const known = byTable.get(entry.table);
    if (known === undefined) byTable.set(entry.table, [entry]);
    else known.push(entry);
  }
  return {
    version: manifest.generation,
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
    columns,
    segments,
    files: segments.map((segment) => segment.file),
  };
}

function segmentOf(entry: SegmentEntry, folder: string): Segment {
  const { rows, bytes, source } = entry;
  return {
    file: join(folder, entry.file),
    rows,
    bytes,
    source,
    firstEvent: ticks(entry.firstEvent),
    lastEvent: ticks(entry.lastEvent),
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
  for (const column of entries.flatMap((entry) => entry.columns)) {
    const known = found.get(column.name);
    if (known === undefined) found.set(column.name, { column, count: 1 });
    else known.count++;
  }
  return [...found.values()].map(({ column, count }) => ({ ...column, complete: count === entries.length }));
}

/** Defender writes `Timestamp`, Sentinel `TimeGenerated`: rules of both kinds read the one event time. */
function withBothTimes(table: string, columns: readonly StoredColumn[]): readonly StoredColumn[] {
  const known = new Set(catalogueTable(table)?.columns.map((column) => column.name));
  if (!eventTimes.every((time) => known.has(time))) return columns;
  const stored = columns.find((column) => eventTimes.includes(column.name));
  const missing = eventTimes.find((time) => !columns.some((column) => column.name === time));
  return stored === undefined || missing === undefined ? columns : [...columns, { ...stored, name: missing }];
}

/** The receipts that a manifest holds, oldest first. */
export function receiptsOf(folder: string, manifest: Manifest): readonly Receipt[] {
  const wanted = new Map(manifest.sources.map((source) => [source.id, [] as SegmentEntry[]] as const));
  for (const segment of manifest.segments) wanted.get(segment.source)?.push(segment);
  return manifest.sources.map((source) => {
    const { rejectedFile, ...facts } = source;
    const segments = wanted.get(source.id) ?? [];
    const tables = segments.map((segment) => ({
      table: segment.table,
      rows: segment.rows,
      firstEvent: ticks(segment.firstEvent),
      lastEvent: ticks(segment.lastEvent),
    }));
    return {
      ...facts,
      rows: tables.reduce((sum, table) => sum + table.rows, 0),
      ...timeSpan(tables),
      tables,
      ...(rejectedFile === undefined ? {} : { rejectedFile: join(folder, rejectedFile) }),
    };
  });
}
