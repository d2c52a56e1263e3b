import type { DuckDBConnection } from "@goshawk/engine/database";
import type { SegmentEntry, SourceEntry } from "../store/entries.ts";
import { eventTimeSql, type SegmentFile } from "../store/segmentFile.ts";
import type { StoreState } from "../store/state.ts";
import type { Store } from "../store/store.ts";
import type { StoreWriter } from "../store/writer.ts";
import { rangeSql } from "./cuts.ts";
import { withDatabase } from "./database.ts";
import { columnsOf, rewriteSegments, rowsSql, sharesOf } from "./rewrite.ts";

export interface RetainOptions {
  readonly store: Store;
  /** Ticks; rows of events before it go. */
  readonly before: bigint;
  /** Only this table; all by default. */
  readonly table?: string;
  /** Files that were replaced stay so long for readers that could leave no lease; milliseconds. */
  readonly graceMs?: number;
  /** Says what would go, and changes nothing. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
}

/** What goes of a table. */
export interface Outdated {
  readonly table: string;
  readonly rows: number;
  /** Segments that go as a whole, and their bytes. */
  readonly whole: number;
  readonly bytes: number;
  /** Segments that are written again without their older rows. */
  readonly partly: number;
}

export interface RetainReport {
  readonly tables: readonly Outdated[];
  /** Tables without `Timestamp` or `TimeGenerated`, whose rows have no age. */
  readonly ageless: readonly string[];
  /** True when the signal stopped the work; the tables in the report are done. */
  readonly interrupted: boolean;
}

/** Takes the rows of events before a time out of the store, each table in one change; rows without a time stay. */
export async function retain(options: RetainOptions): Promise<RetainReport> {
  const { store, signal } = options;
  const tables: Outdated[] = [];
  const ageless: string[] = [];
  await store.write(async (writer) => {
    const work = async (connection: DuckDBConnection): Promise<void> => {
      for (const [table, segments] of byTable(writer.state, options.table)) {
        if (signal?.aborted === true) return;
        if (!hasAge(segments)) {
          ageless.push(table);
          continue;
        }
        const old = await agedSegments(segments, options.before, store.folder, connection);
        if (old.length === 0) continue;
        if (!options.dryRun) await takeOut(old, options.before, store.folder, writer, connection);
        tables.push(outdated(table, old));
      }
    };
    await withDatabase(store, writer.workFolder, signal, work).catch((error: unknown) => {
      if (signal?.aborted !== true) throw error;
    });
    await writer.sweep(options.graceMs);
  });
  return { tables, ageless, interrupted: signal?.aborted === true };
}

function byTable(state: StoreState, only: string | undefined): ReadonlyMap<string, readonly SegmentEntry[]> {
  const tables = new Map<string, SegmentEntry[]>();
  for (const segment of state.segments.values()) {
    if (only !== undefined && segment.table !== only) continue;
    tables.set(segment.table, [...(tables.get(segment.table) ?? []), segment]);
  }
  return tables;
}

/** Any other time of a row may be anybody's birthday. */
function hasAge(segments: readonly SegmentEntry[]): boolean {
  return columnsOf(segments).some(
    ({ name, type }) => type === "datetime" && (name === "Timestamp" || name === "TimeGenerated"),
  );
}

/** A segment, and how many of its rows are too old. */
interface Aged {
  readonly segment: SegmentEntry;
  readonly rows: number;
}

async function agedSegments(
  segments: readonly SegmentEntry[],
  before: bigint,
  root: string,
  connection: DuckDBConnection,
): Promise<readonly Aged[]> {
  const aged: Aged[] = [];
  for (const segment of segments) {
    if (segment.firstEvent === null || BigInt(segment.firstEvent) >= before || !hasAge([segment])) continue;
    const reader = await connection.runAndReadAll(
      `select count(*) from (${rowsSql(root, [segment])}) where ${olderSql(segment, before)}`,
    );
    const rows = Number(reader.getRows()[0]?.[0] ?? 0);
    if (rows > 0) aged.push({ segment, rows });
  }
  return aged;
}

function olderSql(segment: SegmentEntry, before: bigint): string {
  return rangeSql(eventTimeSql(segment.columns) ?? "null", { from: undefined, to: before, untimed: false });
}

function outdated(table: string, old: readonly Aged[]): Outdated {
  const whole = old.filter(isWhole);
  return {
    table,
    rows: old.reduce((sum, { rows }) => sum + rows, 0),
    whole: whole.length,
    bytes: whole.reduce((sum, { segment }) => sum + segment.bytes, 0),
    partly: old.length - whole.length,
  };
}

function isWhole({ segment, rows }: Aged): boolean {
  return rows === segment.rows;
}

async function takeOut(
  old: readonly Aged[],
  before: bigint,
  root: string,
  writer: StoreWriter,
  connection: DuckDBConnection,
): Promise<void> {
  const added: SegmentFile["segment"][] = [];
  for (const aged of old) {
    if (isWhole(aged)) continue;
    const keep = `(${olderSql(aged.segment, before)}) is not true`;
    const kept = await rewriteSegments([aged.segment], [keep], { root, workFolder: writer.workFolder }, connection);
    const rows = kept.reduce((sum, { segment }) => sum + segment.rows, 0);
    if (rows + aged.rows !== aged.segment.rows)
      throw new Error(
        `${aged.segment.file} holds ${rows + aged.rows} rows, where the catalogue says ${aged.segment.rows}; nothing was taken out of ${aged.segment.table}, 'goshawk store verify' tells more`,
      );
    added.push(...kept.map(({ segment }) => segment));
  }
  const removed = old.map(({ segment }) => segment.file);
  const sources = emptied(writer.state, new Set(removed), added);
  await writer.replace({ work: "retain", removed, added, sources });
}

/** Sources of which no row is left keep their receipt, but not the text of what was no row of theirs. */
function emptied(
  state: StoreState,
  removed: ReadonlySet<string>,
  added: readonly SegmentFile["segment"][],
): readonly SourceEntry[] {
  const segments = [...state.segments.values()];
  const left = sharesOf([...segments.filter(({ file }) => !removed.has(file)), ...added]);
  const gone = [...sharesOf(segments.filter(({ file }) => removed.has(file))).keys()].filter((id) => !left.has(id));
  return gone.flatMap((id) => {
    const source = state.sources.get(id);
    if (source?.rejectedFile === undefined) return [];
    const { rejectedFile: _gone, ...kept } = source;
    return [kept];
  });
}
