import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SegmentColumn, SegmentEntry, SourceEntry, SourceShare } from "./entries.ts";
import { temporaryName } from "./files.ts";
import { type Lock, lockForWriting } from "./lock.ts";
import { appendCommit, hasCommit, isCheckpointDue, type OpenLog, openLog, writeCheckpoint } from "./log.ts";
import { type NewSegment, placeFile, placeSegment, removePlaced } from "./placeFiles.ts";
import { receiptOf } from "./readSnapshot.ts";
import type { Receipt } from "./receipt.ts";
import type { Commit, StoreState } from "./state.ts";
import { GRACE_MS, removeLeftovers, sweepLeaving } from "./sweep.ts";

export type { NewSegment } from "./placeFiles.ts";

/** The one process that may change a store. */
export interface StoreWriter {
  /** Where it may put files before they are committed; gone when it ends. */
  readonly workFolder: string;
  /** What the store holds now; changes with each commit. */
  readonly state: StoreState;
  /** The receipt of a file with that sum, or with a file of that sum in it, stored before. */
  known(sha256: string): Receipt | undefined;
  /** The columns that a table's segments have so far. */
  columns(table: string): readonly SegmentColumn[];
  /** Makes a source and its segments part of the store, all at once. */
  commit(source: NewSource, segments: readonly NewSegment[]): Promise<Receipt>;
  /** Puts segments in the place of others, all at once, and answers with the new ones. */
  replace(change: Replacement): Promise<readonly SegmentEntry[]>;
  /** Removes files that are no part of the store and that no reader uses, once they have been so for `graceMs`. */
  sweep(graceMs?: number): Promise<void>;
}

/** A source and, where records were no rows, the file in the work folder that keeps their text. */
export type NewSource = Omit<SourceEntry, "rejectedFile" | "tables"> & { readonly rejectedPath?: string };

export interface Replacement {
  readonly work: "compact" | "retain" | "set-aside";
  /** Files of segments, as their entries name them. */
  readonly removed: readonly string[];
  readonly added: readonly (NewSegment & { readonly sources: readonly SourceShare[] })[];
  /** Sources that change with it. */
  readonly sources?: readonly SourceEntry[];
}

export async function writeInto<T>(root: string, work: (writer: StoreWriter) => Promise<T>): Promise<T> {
  await mkdir(join(root, "segments"), { recursive: true });
  const lock = await lockForWriting(root);
  const workFolder = join(root, "tmp", temporaryName());
  try {
    const log = await openLog(root);
    await removeLeftovers(root, log.state);
    await mkdir(workFolder, { recursive: true });
    const writer = writerOver(root, workFolder, log, lock);
    await writer.sweep();
    return await work(writer);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
    await lock.release();
  }
}

function writerOver(root: string, workFolder: string, { state, commits: before }: OpenLog, lock: Lock): StoreWriter {
  const idBySum = new Map<string, string>();
  for (const source of state.sources.values()) addSums(idBySum, source);
  const columns = columnsByTable(state);
  let commits = before;
  const add = async (change: Pick<Commit, "work"> & Partial<Commit>): Promise<void> => {
    const facts = { generation: state.generation + 1, at: new Date().toISOString() };
    // Who has the right by now may have removed what no commit names yet.
    await lock.assertHeld();
    await appendCommit(root, state, { segments: [], sources: [], removed: [], swept: [], ...change, ...facts });
    if (!isCheckpointDue(state, ++commits)) return;
    await writeCheckpoint(root, state);
    commits = 0;
  };
  /** Nothing of a change that fails stays on disk. */
  const addPlaced = async (segments: readonly SegmentEntry[], change: () => Promise<void>): Promise<void> => {
    try {
      await change();
    } catch (error) {
      if (!(await hasCommit(root, state.generation + 1))) await removePlaced(root, segments);
      throw error;
    }
    for (const segment of segments) addColumns(columns, segment);
  };
  return {
    workFolder,
    state,
    known: (sha256) => {
      const source = state.sources.get(idBySum.get(sha256) ?? "");
      return source === undefined ? undefined : receiptOf(root, source, keptOf(state, source.id));
    },
    columns: (table) => [...(columns.get(table)?.values() ?? [])],
    commit: async ({ rejectedPath, ...facts }, added) => {
      const segments: SegmentEntry[] = [];
      let receipt: Receipt | undefined;
      await addPlaced(segments, async () => {
        for (const [index, segment] of added.entries())
          segments.push(
            await placeSegment(root, segment, `${facts.id}-${index}`, [{ id: facts.id, rows: segment.rows }]),
          );
        const rejectedFile =
          rejectedPath === undefined
            ? {}
            : { rejectedFile: (await placeFile(root, rejectedPath, join("rejected", `${facts.id}.ndjson`))).file };
        const source: SourceEntry = { ...facts, ...rejectedFile, tables: added.map(tableOf) };
        await add({ work: "ingest", segments, sources: [source] });
        addSums(idBySum, source);
        receipt = receiptOf(
          root,
          source,
          segments.reduce((sum, segment) => sum + segment.rows, 0),
        );
      });
      if (receipt === undefined) throw new Error("a commit left no receipt");
      return receipt;
    },
    replace: async ({ work, removed, added, sources = [] }) => {
      const segments: SegmentEntry[] = [];
      await addPlaced(segments, async () => {
        for (const [index, { sources: shares, ...segment }] of added.entries())
          segments.push(await placeSegment(root, segment, `${work}-${state.generation + 1}-${index}`, shares));
        await add({ work, segments, removed, sources });
      });
      return segments;
    },
    sweep: async (graceMs = GRACE_MS) => {
      const swept = await sweepLeaving(root, state, graceMs);
      if (swept.length > 0) await add({ work: "sweep", swept });
    },
  };
}

/** The first source of a content stands for it. */
function addSums(idBySum: Map<string, string>, { id, sha256, contentSha256 = sha256 }: SourceEntry): void {
  for (const sum of [sha256, contentSha256]) if (!idBySum.has(sum)) idBySum.set(sum, id);
}

function tableOf({ table, rows, firstEvent, lastEvent }: NewSegment): SourceEntry["tables"][number] {
  return { table, rows, firstEvent, lastEvent };
}

function keptOf(state: StoreState, id: string): number {
  let rows = 0;
  for (const { sources } of state.segments.values())
    for (const share of sources) if (share.id === id) rows += share.rows;
  return rows;
}

type Columns = Map<string, Map<string, SegmentColumn>>;

function columnsByTable(state: StoreState): Columns {
  const columns: Columns = new Map();
  for (const segment of state.segments.values()) addColumns(columns, segment);
  return columns;
}

function addColumns(columns: Columns, segment: SegmentEntry): void {
  const known = columns.get(segment.table) ?? new Map<string, SegmentColumn>();
  for (const column of segment.columns) known.set(column.name, column);
  columns.set(segment.table, known);
}
