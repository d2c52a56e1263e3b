import { type DuckDBConnection, eitherTime, parquetFilesSql } from "@goshawk/engine/database";
import { quoteIdentifier, quoteText } from "@goshawk/kql/values";
import { timePair } from "../catalogue/eventTimes.ts";
import { newFirstBlock, segmentFormat, withBlocks } from "../index/blocks.ts";
import { buildIndex } from "../index/buildIndex.ts";
import type { SegmentColumn, SourceShare } from "./entries.ts";
import type { NewSegment } from "./placeFiles.ts";
import { orderSql } from "./segmentOrder.ts";

/** Rows that become one segment. */
export interface SegmentFileJob {
  readonly table: string;
  readonly columns: readonly SegmentColumn[];
  /** SQL of the rows, with the columns by their physical names, and the hidden ones. */
  readonly rows: string;
  /** Where the file goes: in the writer's work folder, ending in `.parquet`. */
  readonly path: string;
}

/** A finished file, and what its rows say of themselves. */
export interface SegmentFile {
  readonly segment: NewSegment & { readonly sources: readonly SourceShare[] };
  /** Rows with values that didn't convert. */
  readonly unconverted: number;
}

/**
 * Writes the file of a segment, its rows in order; undefined when there are none. Ingest, compaction and retention all
 * write their segments here: what a segment's order is, and what stands beside it, is decided in this place alone.
 */
export async function writeSegmentFile(
  job: SegmentFileJob,
  connection: DuckDBConnection,
): Promise<SegmentFile | undefined> {
  const { table, columns, path } = job;
  const firstBlock = newFirstBlock();
  const eventTime = eventTimeSql(columns);
  const ordered = `select * from (${eitherTime(job.rows, timePair(table, columns))}) ${orderSql(columns, eventTime)}`;
  await connection.run(`copy (${withBlocks(ordered, firstBlock)}) to ${quoteText(path)} (${segmentFormat})`);
  const stored = parquetFilesSql([path]);
  const time = eventTime ?? "null";
  const reader = await connection.runAndReadAll(
    `select _source, count(*), count(_unconverted), cast(min(${time}) as varchar), cast(max(${time}) as varchar) from ${stored} group by _source order by _source`,
  );
  const parts = reader.getRows().map(([source, rows, odd, first, last]) => ({
    id: String(source),
    rows: Number(rows),
    odd: Number(odd),
    times: [first, last].flatMap((text) => (text === null ? [] : [String(text)])),
  }));
  if (parts.length === 0) return undefined;
  const times = parts.flatMap((part) => part.times).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const segment = {
    table,
    path,
    rows,
    besidePaths: await buildIndex({ path, rows, firstBlock, columns }, connection),
    firstEvent: times[0] ?? null,
    lastEvent: times.at(-1) ?? null,
    columns,
    sources: parts.map(({ id, rows }) => ({ id, rows })),
  };
  return { segment, unconverted: parts.reduce((sum, part) => sum + part.odd, 0) };
}

/** SQL of the ticks at which an event happened; undefined where no column tells. */
export function eventTimeSql(columns: readonly SegmentColumn[]): string | undefined {
  const times = columns.filter((column) => column.type === "datetime");
  const named = ["Timestamp", "TimeGenerated"].flatMap((name) => times.find((column) => column.name === name) ?? []);
  const [first, second] = (named.length > 0 ? named : times.slice(0, 1)).map((column) =>
    quoteIdentifier(column.physical),
  );
  return first === undefined || second === undefined ? first : `coalesce(${first}, ${second})`;
}
