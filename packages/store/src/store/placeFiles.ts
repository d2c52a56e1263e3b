import { mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { BesideFile, SegmentEntry, SourceShare } from "./entries.ts";
import { sha256Of, syncPath } from "./files.ts";

/** A finished Parquet file in the work folder, to become a segment. */
export type NewSegment = Omit<SegmentEntry, "file" | "bytes" | "sha256" | "sources" | "beside"> & {
  readonly path: string;
  /** Files of its own in the work folder, each named `<segment's name without .parquet>.<what>`. */
  readonly besidePaths?: readonly string[];
};

/** Moves a segment's files to where they stay, durable before any commit names them. */
export async function placeSegment(
  root: string,
  segment: NewSegment,
  stem: string,
  sources: readonly SourceShare[],
): Promise<SegmentEntry> {
  const { path, besidePaths = [], ...facts } = segment;
  const folder = join("segments", folderName(segment.table));
  const own = basename(path).replace(/\.parquet$/, "");
  const placed = await placeFile(root, path, join(folder, `${stem}.parquet`));
  const beside: BesideFile[] = [];
  for (const other of besidePaths)
    beside.push(await placeFile(root, other, join(folder, `${stem}${basename(other).slice(own.length)}`)));
  return { ...facts, ...placed, sources, ...(beside.length === 0 ? {} : { beside }) };
}

/** The bytes first, then the name. */
export async function placeFile(root: string, path: string, file: string): Promise<BesideFile> {
  const target = join(root, file);
  await mkdir(dirname(target), { recursive: true });
  const sha256 = await sha256Of(path);
  const { size } = await stat(path);
  await syncPath(path);
  await rename(path, target);
  await syncPath(dirname(target));
  return { file, bytes: size, sha256 };
}

/** A table's name may hold what no folder's name can. */
function folderName(table: string): string {
  return table.replace(/[^A-Za-z0-9_-]/gu, (char) => `%${(char.codePointAt(0) ?? 0).toString(16)}`);
}

/** After a commit that did not come about. */
export async function removePlaced(root: string, segments: readonly SegmentEntry[]): Promise<void> {
  for (const { file, beside = [] } of segments)
    for (const name of [file, ...beside.map((other) => other.file)]) await rm(join(root, name), { force: true });
}
