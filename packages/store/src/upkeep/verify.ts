import { mkdir, rename, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/database";
import type { BesideFile, SegmentEntry } from "../store/entries.ts";
import { sha256Of } from "../store/files.ts";
import { readState } from "../store/log.ts";
import type { Store } from "../store/store.ts";
import { withDatabase } from "./database.ts";
import { sharesOf } from "./rewrite.ts";

export interface VerifyOptions {
  readonly store: Store;
  /** Takes damaged segments out of the store; their files go to the folder `damaged`. */
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
  readonly rows: number;
  /** The ingested files whose rows were in it: path, and how many rows. */
  readonly sources: readonly { readonly path: string; readonly rows: number }[];
}

export interface VerifyReport {
  readonly segments: number;
  readonly bytes: number;
  readonly damaged: readonly Damage[];
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
      rows: segment.rows,
      sources: [...sharesOf([segment])].map(([id, rows]) => ({ path: state.sources.get(id)?.path ?? id, rows })),
    }));
    const setAside = options.setAside === true && found.length > 0;
    if (setAside)
      await setSegmentsAside(
        found.map(({ segment }) => segment),
        store,
      );
    return {
      segments: segments.length,
      bytes: segments.reduce((sum, segment) => sum + segment.bytes, 0),
      damaged,
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

/** The rest of the store is whole without them. */
async function setSegmentsAside(segments: readonly SegmentEntry[], store: Store): Promise<void> {
  await store.write(async (writer) => {
    const still = segments.filter(({ file }) => writer.state.segments.has(file));
    await writer.replace({ work: "set-aside", removed: still.map(({ file }) => file), added: [] });
    await mkdir(join(store.folder, "damaged"), { recursive: true });
    for (const { file } of still)
      await rename(join(store.folder, file), join(store.folder, "damaged", basename(file))).catch(() => undefined);
  });
}
