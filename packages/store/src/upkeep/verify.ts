import { mkdir, rename, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/database";
import type { BesideFile, SegmentEntry } from "../store/entries.ts";
import { sha256Of } from "../store/files.ts";
import { damagedLogFiles, readState } from "../store/log.ts";
import type { StoreState } from "../store/state.ts";
import type { Store } from "../store/store.ts";
import type { StoreWriter } from "../store/writer.ts";
import { withDatabase } from "./database.ts";
import { rewriteSegments, sharesOf } from "./rewrite.ts";

export interface VerifyOptions {
  readonly store: Store;
  /** Takes damaged segments out of the store, to the folder `damaged`; where only the index is, it is made anew. */
  readonly setAside?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, of: number, file: string) => void;
}

/** A segment that is not what was written. */
export interface Damage {
  readonly table: string;
  /** Absolute path of the file that is wrong. */
  readonly file: string;
  readonly reason: string;
  /** The rows are whole; what is wrong is the index beside them. */
  readonly indexOnly: boolean;
  readonly rows: number;
  /** The ingested files whose rows were in it: path, and how many rows. */
  readonly sources: readonly { readonly path: string; readonly rows: number }[];
}

export interface VerifyReport {
  readonly segments: number;
  readonly bytes: number;
  readonly damaged: readonly Damage[];
  /** Other files of the store that are missing or can't be read: of its log, and texts of what was no row. */
  readonly otherFiles: readonly { readonly file: string; readonly reason: string }[];
  /** Segments of stores before version 2, which have no sum to compare; their rows were counted all the same. */
  readonly unsummed: number;
  readonly setAside: boolean;
  readonly interrupted: boolean;
}

/** Compares every segment with the sum and the rows that the catalogue has of it. */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  const { store, signal } = options;
  const { release } = await store.read();
  try {
    const state = await readState(store.folder);
    const segments = [...state.segments.values()];
    const found: { readonly segment: SegmentEntry; readonly file: string; readonly reason: string }[] = [];
    await withDatabase(store, join(store.folder, "tmp"), signal, async (connection) => {
      for (const [index, segment] of segments.entries()) {
        if (signal?.aborted === true) return;
        options.onProgress?.(index, segments.length, segment.file);
        const wrong = await whatIsWrong(segment, store.folder, connection, signal).catch((error: unknown) => {
          if (signal?.aborted === true) return undefined;
          throw error;
        });
        if (wrong !== undefined) found.push({ segment, ...wrong });
      }
    });
    const damaged = found.map(({ segment, file, reason }) => ({
      table: segment.table,
      file: join(store.folder, file),
      reason,
      indexOnly: file !== segment.file,
      rows: segment.rows,
      sources: [...sharesOf([segment])].map(([id, rows]) => ({ path: state.sources.get(id)?.path ?? id, rows })),
    }));
    const setAside = options.setAside === true && found.length > 0;
    if (setAside)
      await store.write(async (writer) => {
        const damagedRows = found.filter(({ segment, file }) => file === segment.file);
        const damagedIndex = found.filter(({ segment, file }) => file !== segment.file);
        await setSegmentsAside(stillStored(damagedRows, writer), store, writer);
        await indexAnew(stillStored(damagedIndex, writer), store, writer, signal);
      });
    return {
      segments: segments.length,
      bytes: segments.reduce((sum, segment) => sum + segment.bytes, 0),
      damaged,
      otherFiles: [...(await damagedLogFiles(store.folder)), ...(await missingTexts(store.folder, state))],
      unsummed: segments.filter((segment) => segment.sha256 === undefined).length,
      setAside,
      interrupted: signal?.aborted === true,
    };
  } finally {
    await release();
  }
}

interface Wrong {
  readonly file: string;
  readonly reason: string;
}

async function whatIsWrong(
  segment: SegmentEntry,
  root: string,
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
): Promise<Wrong | undefined> {
  for (const file of [segment, ...(segment.beside ?? [])]) {
    const reason = await wrongBytes(root, file, signal);
    if (reason !== undefined) return { file: file.file, reason };
  }
  const reason = await wrongRows(segment, root, connection, signal);
  return reason === undefined ? undefined : { file: segment.file, reason };
}

async function wrongBytes(
  root: string,
  { file, bytes, sha256 }: Omit<BesideFile, "sha256"> & { readonly sha256?: string },
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const path = join(root, file);
  try {
    const { size } = await stat(path);
    if (size !== bytes) return `it has ${size} bytes, and was written with ${bytes}`;
    if (sha256 === undefined || (await sha256Of(path, signal)) === sha256) return undefined;
    return "its sum is not that of what was written";
  } catch (error) {
    if (signal?.aborted === true) throw error;
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return missing ? "it is not there" : `it can't be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Without a sum, every value is read. */
async function wrongRows(
  segment: SegmentEntry,
  root: string,
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const file = parquetFilesSql([join(root, segment.file)]);
  const all = segment.sha256 === undefined ? ", max(hash(r))" : "";
  try {
    const reader = await connection.runAndReadAll(`select count(*)${all} from ${file} r`);
    const rows = Number(reader.getRows()[0]?.[0] ?? 0);
    return rows === segment.rows ? undefined : `it holds ${rows} rows, and was written with ${segment.rows}`;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return `it can't be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function missingTexts(
  root: string,
  { sources }: StoreState,
): Promise<readonly { readonly file: string; readonly reason: string }[]> {
  const missing: { file: string; reason: string }[] = [];
  for (const { rejectedFile, path } of sources.values()) {
    if (rejectedFile === undefined) continue;
    const file = join(root, rejectedFile);
    if ((await stat(file).catch(() => undefined)) === undefined)
      missing.push({ file, reason: `it is not there; it held the lines of ${path} that are no rows` });
  }
  return missing;
}

function stillStored(
  found: readonly { readonly segment: SegmentEntry }[],
  { state }: StoreWriter,
): readonly SegmentEntry[] {
  return found.map(({ segment }) => segment).filter(({ file }) => state.segments.has(file));
}

/** The rest of the store is whole without them. */
async function setSegmentsAside(segments: readonly SegmentEntry[], store: Store, writer: StoreWriter): Promise<void> {
  if (segments.length === 0) return;
  await writer.replace({ work: "set-aside", removed: segments.map(({ file }) => file), added: [] });
  await mkdir(join(store.folder, "damaged"), { recursive: true });
  for (const { file } of segments)
    await rename(join(store.folder, file), join(store.folder, "damaged", basename(file))).catch(() => undefined);
}

/** Writes the rows once more, with what stands beside them. */
async function indexAnew(
  segments: readonly SegmentEntry[],
  store: Store,
  writer: StoreWriter,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (segments.length === 0) return;
  const place = { root: store.folder, workFolder: writer.workFolder };
  await withDatabase(store, writer.workFolder, signal, async (connection) => {
    for (const segment of segments) {
      const written = await rewriteSegments([segment], ["true"], place, connection);
      const rows = written.reduce((sum, { segment: { rows: some } }) => sum + some, 0);
      if (rows !== segment.rows)
        throw new Error(`${segment.file} holds ${rows} rows, and was written with ${segment.rows}`);
      const added = written.map((file) => file.segment);
      await writer.replace({ work: "compact", removed: [segment.file], added });
    }
  });
}
