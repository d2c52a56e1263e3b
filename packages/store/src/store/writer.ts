import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncPath, temporaryName } from "./files.ts";
import { isRunning, lockForWriting } from "./lock.ts";
import {
  type Manifest,
  readManifest,
  type SegmentColumn,
  type SegmentEntry,
  type SourceEntry,
  writeManifest,
} from "./manifest.ts";
import { receiptsOf } from "./readSnapshot.ts";
import type { Receipt } from "./receipt.ts";

/** The one process that may add to a store. */
export interface StoreWriter {
  /** Where it may put files before they are committed; gone when it ends. */
  readonly workFolder: string;
  /** The receipt of a file with that content, stored before. */
  known(sha256: string): Receipt | undefined;
  /** The columns that a table's segments have so far. */
  columns(table: string): readonly SegmentColumn[];
  /** Makes a source and its segments part of the store, all at once. */
  commit(source: NewSource, segments: readonly NewSegment[]): Promise<Receipt>;
}

/** A finished Parquet file in the work folder. */
export type NewSegment = Omit<SegmentEntry, "file" | "bytes" | "source"> & { readonly path: string };

/** A source and, where records were no rows, the file in the work folder that keeps their text. */
export type NewSource = Omit<SourceEntry, "rejectedFile"> & { readonly rejectedPath?: string };

export async function writeInto<T>(root: string, work: (writer: StoreWriter) => Promise<T>): Promise<T> {
  await mkdir(join(root, "segments"), { recursive: true });
  const lock = await lockForWriting(root);
  const workFolder = join(root, "tmp", temporaryName());
  try {
    let manifest = await readManifest(root);
    await cleanUp(root, manifest);
    await mkdir(workFolder, { recursive: true });
    return await work({
      workFolder,
      known: (sha256) => {
        const found = manifest.sources.find((source) => source.sha256 === sha256);
        return found === undefined ? undefined : receiptsOf(root, { ...manifest, sources: [found] })[0];
      },
      columns: (table) => distinctColumns(manifest, table),
      commit: async (source, segments) => {
        manifest = await commit(root, manifest, source, segments);
        const added = { ...manifest, sources: manifest.sources.slice(-1) };
        const [receipt] = receiptsOf(root, added);
        if (receipt === undefined) throw new Error("a commit left no receipt");
        return receipt;
      },
    });
  } finally {
    await rm(workFolder, { recursive: true, force: true });
    await lock.release();
  }
}

function distinctColumns(manifest: Manifest, table: string): readonly SegmentColumn[] {
  const columns = manifest.segments.filter((segment) => segment.table === table).flatMap((segment) => segment.columns);
  return [...new Map(columns.map((column) => [column.name, column] as const)).values()];
}

async function commit(
  root: string,
  manifest: Manifest,
  source: NewSource,
  segments: readonly NewSegment[],
): Promise<Manifest> {
  const { rejectedPath, ...facts } = source;
  const added: SegmentEntry[] = [];
  for (const [index, segment] of segments.entries()) {
    const { path, ...entry } = segment;
    const file = join("segments", segment.table, `${source.id}-${index}.parquet`);
    await moveIn(path, join(root, file));
    added.push({ ...entry, file, bytes: (await stat(join(root, file))).size, source: source.id });
  }
  const rejectedFile = rejectedPath === undefined ? undefined : join("rejected", `${source.id}.ndjson`);
  if (rejectedPath !== undefined && rejectedFile !== undefined) await moveIn(rejectedPath, join(root, rejectedFile));
  const next: Manifest = {
    version: 1,
    generation: manifest.generation + 1,
    segments: [...manifest.segments, ...added],
    sources: [...manifest.sources, { ...facts, ...(rejectedFile === undefined ? {} : { rejectedFile }) }],
  };
  await writeManifest(root, next);
  return next;
}

/** Durable before the manifest names it: the bytes first, then the name. */
async function moveIn(path: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await syncPath(path);
  await rename(path, target);
  await syncPath(dirname(target));
}

/** What a killed writer left behind: files that no manifest names, work folders, half-written manifests. */
async function cleanUp(root: string, manifest: Manifest): Promise<void> {
  const named = new Set(
    [
      ...manifest.segments.map((segment) => segment.file),
      ...manifest.sources.flatMap((source) => source.rejectedFile ?? []),
    ].map((file) => join(root, file)),
  );
  for (const table of await names(join(root, "segments"))) await removeUnnamed(join(root, "segments", table), named);
  await removeUnnamed(join(root, "rejected"), named);
  await rm(join(root, "tmp"), { recursive: true, force: true });
  for (const name of await names(root)) {
    const left = /^(manifest-.*|writer\.lock)\.tmp-(\d+)-[0-9a-f]+$/.exec(name);
    // Another process may be about to ask for the lock.
    if (left !== null && !(left[1] === "writer.lock" && isRunning(Number(left[2]))))
      await rm(join(root, name), { force: true });
  }
}

async function removeUnnamed(folder: string, named: ReadonlySet<string>): Promise<void> {
  for (const name of await names(folder)) {
    const path = join(folder, name);
    if (!named.has(path)) await rm(path, { force: true });
  }
}

async function names(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
