import type { DuckDBConnection } from "@goshawk/engine/database";
import { eventTimeSql } from "../store/segmentFile.ts";
import type { Store } from "../store/store.ts";
import type { StoreWriter } from "../store/writer.ts";
import { cutByDay, everything, rangeSql, type TimeRange } from "./cuts.ts";
import { withDatabase } from "./database.ts";
import { type Merger, planCompaction, planWorthwhile, type SegmentSize, usualSize } from "./planCompaction.ts";
import { columnsOf, inListedOrder, rewriteSegments, rowsSql, sharesOf } from "./rewrite.ts";

export interface CompactOptions {
  readonly store: Store;
  /** Only this one; all by default. */
  readonly table?: string;
  /** Merge only where many segments are of about one size. */
  readonly worthwhileOnly?: boolean;
  readonly size?: SegmentSize;
  /** Files that were replaced stay so long for readers that could leave no lease; milliseconds. */
  readonly graceMs?: number;
  readonly signal?: AbortSignal;
  readonly onMerged?: (merged: Merged) => void;
}

/** Segments of a table that have become others, with the same rows. */
export interface Merged {
  readonly table: string;
  readonly rows: number;
  readonly before: { readonly segments: number; readonly bytes: number };
  readonly after: { readonly segments: number; readonly bytes: number };
}

export interface CompactReport {
  readonly merged: readonly Merged[];
  /** True when the signal stopped the work; what is merged is merged. */
  readonly interrupted: boolean;
}

/** Merges small segments, each change whole or not at all; what reads the store meanwhile is not disturbed. */
export async function compact(options: CompactOptions): Promise<CompactReport> {
  const { store, signal, size = usualSize } = options;
  const merged: Merged[] = [];
  await store.write(async (writer) => {
    const segments = [...writer.state.segments.values()].filter(
      ({ table }) => options.table === undefined || table === options.table,
    );
    const mergers = (options.worthwhileOnly === true ? planWorthwhile : planCompaction)(segments, size);
    if (mergers.length > 0)
      await withDatabase(store, writer.workFolder, signal, async (connection) => {
        for (const merger of mergers) {
          if (signal?.aborted === true) return;
          const done = await merge(merger, size, store.folder, writer, connection).catch((error: unknown) => {
            if (signal?.aborted === true) return undefined;
            throw error;
          });
          if (done === undefined) return;
          merged.push(done);
          options.onMerged?.(done);
        }
      });
    await writer.sweep(options.graceMs);
  });
  return { merged, interrupted: signal?.aborted === true };
}

async function merge(
  { table, segments: chosen }: Merger,
  size: SegmentSize,
  root: string,
  writer: StoreWriter,
  connection: DuckDBConnection,
): Promise<Merged> {
  const segments = inListedOrder(writer.state, chosen);
  const time = eventTimeSql(columnsOf(segments));
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0);
  const usual = Math.max(1, Math.min(size.rows, Math.floor((size.bytes / Math.max(1, bytes)) * rows)));
  const ranges: readonly TimeRange[] =
    time === undefined ? [everything] : await cutByDay(rowsSql(root, segments), time, usual, connection);
  const conditions = ranges.map((range) => (time === undefined ? "true" : rangeSql(time, range)));
  const place = { root, workFolder: writer.workFolder };
  const written = (await rewriteSegments(segments, conditions, place, connection)).map((file) => file.segment);
  expectSame(table, sharesOf(segments), sharesOf(written));
  const removed = segments.map((segment) => segment.file);
  const added = await writer.replace({ work: "compact", removed, added: written });
  return {
    table,
    rows,
    before: { segments: segments.length, bytes },
    after: { segments: added.length, bytes: added.reduce((sum, segment) => sum + segment.bytes, 0) },
  };
}

/** A merger that would lose or double a row is not made. */
function expectSame(table: string, before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
  const odd = [...new Set([...before.keys(), ...after.keys()])].find((id) => before.get(id) !== after.get(id));
  if (odd === undefined) return;
  throw new Error(
    `${table}: its segments hold ${after.get(odd) ?? 0} rows of source ${odd}, where the catalogue says ${before.get(odd) ?? 0}; nothing was changed, 'goshawk store verify' tells which file is wrong`,
  );
}
