import type { SegmentEntry } from "../store/entries.ts";

/** What segments should be like. */
export interface SegmentSize {
  readonly rows: number;
  readonly bytes: number;
}

/** Segments that are to become one or more in their place, in one change. */
export interface Merger {
  readonly table: string;
  readonly segments: readonly SegmentEntry[];
}

/** A file costs a query about a millisecond, whatever is in it; beyond this size that no longer shows. */
export const usualSize: SegmentSize = { rows: 2_000_000, bytes: 256 * 2 ** 20 };

/** So many small segments of about one size are worth a merger that nobody asked for. */
const WORTH_IT = 16;
/** Rows that are sorted and written at once, in segments of the usual size: bounds the disk that a merger needs. */
const AT_ONCE = 8;

/** Every merger that makes fewer segments of the small ones. */
export function planCompaction(segments: Iterable<SegmentEntry>, size: SegmentSize): readonly Merger[] {
  return plan(segments, size, (small) => small);
}

/** The mergers that pay: many segments of about one size, so that a row is rewritten but a few times in its life. */
export function planWorthwhile(segments: Iterable<SegmentEntry>, size: SegmentSize): readonly Merger[] {
  return plan(segments, size, lowestTiers);
}

function plan(
  segments: Iterable<SegmentEntry>,
  size: SegmentSize,
  choose: (small: readonly SegmentEntry[]) => readonly SegmentEntry[],
): readonly Merger[] {
  const tables = new Map<string, SegmentEntry[]>();
  for (const segment of segments) {
    if (!isSmall(segment, size)) continue;
    const known = tables.get(segment.table);
    if (known === undefined) tables.set(segment.table, [segment]);
    else known.push(segment);
  }
  return [...tables].flatMap(([table, small]) =>
    inBatches(choose(small), size)
      .flatMap(agreeing)
      .filter((batch) => batch.length > 1)
      .map((batch) => ({ table, segments: batch })),
  );
}

function isSmall({ rows, bytes }: SegmentEntry, size: SegmentSize): boolean {
  return rows < size.rows / 2 && bytes < size.bytes / 2;
}

/** All up to the first power of four at which there are enough. */
function lowestTiers(small: readonly SegmentEntry[]): readonly SegmentEntry[] {
  const byRows = [...small].sort((a, b) => a.rows - b.rows);
  const tier = ({ rows }: SegmentEntry): number => Math.floor(Math.log2(Math.max(1, rows)) / 2);
  const enough = byRows.findIndex((segment, index) => {
    const next = byRows[index + 1];
    return index + 1 >= WORTH_IT && (next === undefined || tier(next) > tier(segment));
  });
  return byRows.slice(0, enough + 1);
}

/** In the order of time, so that a batch holds what lies together. */
function inBatches(segments: readonly SegmentEntry[], size: SegmentSize): readonly (readonly SegmentEntry[])[] {
  const inOrder = [...segments].sort((a, b) => compareTimes(a.firstEvent, b.firstEvent));
  // What has no time can't be cut by it.
  const most = inOrder.some((segment) => segment.firstEvent !== null) ? AT_ONCE : 1;
  const batches: SegmentEntry[][] = [];
  let room = { rows: 0, bytes: 0 };
  for (const segment of inOrder) {
    room = { rows: room.rows - segment.rows, bytes: room.bytes - segment.bytes };
    if (batches.length === 0 || room.rows < 0 || room.bytes < 0) {
      batches.push([]);
      room = { rows: size.rows * most - segment.rows, bytes: size.bytes * most - segment.bytes };
    }
    batches.at(-1)?.push(segment);
  }
  return batches;
}

function compareTimes(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return BigInt(a) < BigInt(b) ? -1 : 1;
}

/** A column is of one type and place in a segment: those that see one differently stay apart. */
function agreeing(segments: readonly SegmentEntry[]): readonly (readonly SegmentEntry[])[] {
  const groups: { readonly columns: Map<string, string>; readonly segments: SegmentEntry[] }[] = [];
  for (const segment of segments) {
    const marks = segment.columns.map(
      (column) => [column.physical.toLowerCase(), `${column.name} ${column.type} ${column.physical}`] as const,
    );
    let group = groups.find(({ columns }) => marks.every(([key, mark]) => (columns.get(key) ?? mark) === mark));
    if (group === undefined) {
      group = { columns: new Map(), segments: [] };
      groups.push(group);
    }
    for (const [key, mark] of marks) group.columns.set(key, mark);
    group.segments.push(segment);
  }
  return groups.map((group) => group.segments);
}
