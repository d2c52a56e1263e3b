import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SegmentEntry, SourceEntry, SourceTable } from "./entries.ts";
import { emptyState, type GrowingState } from "./state.ts";

/** What stores held before they had a log: one manifest of everything, a new one for each change. */
interface Manifest {
  readonly version: number;
  readonly generation: number;
  readonly segments: readonly (Omit<SegmentEntry, "sources"> & { readonly source: string })[];
  readonly sources: readonly Omit<SourceEntry, "tables">[];
}

/** The state that the newest manifest of version 1 tells; undefined where there is none. */
export async function readManifest(folder: string): Promise<GrowingState | undefined> {
  for (const name of (await manifestNames(folder)).reverse()) {
    // Between listing and reading a writer may have put the log in its place.
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    if (text !== undefined) return stateOf(parsed(text, join(folder, name)));
  }
  return undefined;
}

export async function hasManifest(folder: string): Promise<boolean> {
  return (await manifestNames(folder)).length > 0;
}

export async function removeManifests(folder: string): Promise<void> {
  for (const name of await manifestNames(folder)) await rm(join(folder, name), { force: true });
}

export function isManifest(name: string): boolean {
  return /^manifest-\d{10}\.json$/.test(name);
}

async function manifestNames(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).filter(isManifest).sort();
}

function parsed(text: string, path: string): Manifest {
  const manifest = jsonOf(text, path);
  if (manifest.version === 1) return manifest;
  throw new Error(`${path} has version ${manifest.version}, where version 1 was expected: use a newer Goshawk`);
}

function jsonOf(text: string, path: string): Manifest {
  try {
    return JSON.parse(text) as Manifest;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} is damaged (${reason}); without it the store is as the manifest before it says`, {
      cause,
    });
  }
}

function stateOf(manifest: Manifest): GrowingState {
  const state = emptyState();
  state.generation = manifest.generation;
  const tables = new Map<string, SourceTable[]>(manifest.sources.map((source) => [source.id, []]));
  for (const { source, ...segment } of manifest.segments) {
    state.segments.set(segment.file, { ...segment, sources: [{ id: source, rows: segment.rows }] });
    const { table, rows, firstEvent, lastEvent } = segment;
    tables.get(source)?.push({ table, rows, firstEvent, lastEvent });
  }
  for (const source of manifest.sources)
    state.sources.set(source.id, { ...source, tables: tables.get(source.id) ?? [] });
  return state;
}
