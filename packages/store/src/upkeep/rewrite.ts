import { join } from "node:path";
import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/database";
import { quoteIdentifier } from "@goshawk/kql/values";
import type { SegmentColumn, SegmentEntry } from "../store/entries.ts";
import { temporaryName } from "../store/files.ts";
import { type SegmentFile, writeSegmentFile } from "../store/segmentFile.ts";
import { hiddenColumns } from "../store/snapshot.ts";
import type { StoreState } from "../store/state.ts";

/** The columns of several segments of one table, each once. */
export function columnsOf(segments: readonly SegmentEntry[]): readonly SegmentColumn[] {
  const all = segments.flatMap((segment) => segment.columns);
  return [...new Map(all.map((column) => [column.name, column] as const)).values()];
}

/** Segments as the catalogue lists them, so that a table's columns keep their order. */
export function inListedOrder(state: StoreState, segments: readonly SegmentEntry[]): readonly SegmentEntry[] {
  const wanted = new Set(segments);
  return [...state.segments.values()].filter((segment) => wanted.has(segment));
}

/** SQL of all rows of segments of one table, as one segment would hold them. */
export function rowsSql(root: string, segments: readonly SegmentEntry[]): string {
  const files = segments.map((segment) => join(root, segment.file));
  const shown = columnsOf(segments).map(({ physical, type }) => {
    const name = quoteIdentifier(physical);
    // A segment that has the column nowhere reads as null, and texts are never null.
    return type === "string" ? `coalesce(${name}, '') as ${name}` : name;
  });
  const hidden = [hiddenColumns.source, hiddenColumns.line, hiddenColumns.unconverted];
  return `select ${[...shown, ...hidden].join(", ")} from ${parquetFilesSql(files, "union_by_name = true")}`;
}

/** Writes a segment for each of `conditions`; one that no row meets makes none. */
export async function rewriteSegments(
  segments: readonly SegmentEntry[],
  conditions: readonly string[],
  place: { readonly root: string; readonly workFolder: string },
  connection: DuckDBConnection,
): Promise<readonly SegmentFile[]> {
  const [first] = segments;
  if (first === undefined) return [];
  const written: SegmentFile[] = [];
  for (const condition of conditions) {
    const rows = `select * from (${rowsSql(place.root, segments)}) where ${condition}`;
    const path = join(place.workFolder, `${temporaryName()}.parquet`);
    const file = await writeSegmentFile({ table: first.table, columns: columnsOf(segments), rows, path }, connection);
    if (file !== undefined) written.push(file);
  }
  return written;
}

/** Rows by the file that they came from. */
export function sharesOf(
  segments: readonly { readonly sources: SegmentEntry["sources"] }[],
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const { sources } of segments) for (const { id, rows } of sources) shares.set(id, (shares.get(id) ?? 0) + rows);
  return shares;
}
