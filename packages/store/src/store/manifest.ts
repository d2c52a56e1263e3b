import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { KqlType } from "@goshawk/kql";
import { writeAtomically } from "./files.ts";
import type { Problem, UnconvertedColumn } from "./receipt.ts";

/** Ticks as decimal text: JSON has no integers of 64 bits. */
type TicksText = string | null;

/** A segment as the manifest writes it. */
export interface SegmentEntry {
  readonly table: string;
  /** Relative to the store's folder. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly firstEvent: TicksText;
  readonly lastEvent: TicksText;
  readonly source: string;
  readonly columns: readonly SegmentColumn[];
}

export interface SegmentColumn {
  readonly name: string;
  readonly type: KqlType;
  readonly physical: string;
}

/** A receipt as the manifest writes it; what its segments say is not repeated. */
export interface SourceEntry {
  readonly id: string;
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly at: string;
  readonly unconverted: readonly UnconvertedColumn[];
  readonly rejected: number;
  /** Relative to the store's folder. */
  readonly rejectedFile?: string;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** All that a store holds at one moment. */
export interface Manifest {
  readonly version: 1;
  /** Grows by one with every change. */
  readonly generation: number;
  readonly segments: readonly SegmentEntry[];
  readonly sources: readonly SourceEntry[];
}

const KEPT = 3;
const emptyManifest: Manifest = { version: 1, generation: 0, segments: [], sources: [] };

function fileName(generation: number): string {
  return `manifest-${String(generation).padStart(10, "0")}.json`;
}

/** The newest manifest; an empty one where there is none. */
export async function readManifest(folder: string): Promise<Manifest> {
  for (const name of (await manifestNames(folder)).reverse()) {
    // A reader may come between listing and reading, when the writer has just removed an old one.
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    if (text !== undefined) return parseManifest(text, join(folder, name));
  }
  return emptyManifest;
}

function parseManifest(text: string, path: string): Manifest {
  const manifest = parsed(text, path);
  if (manifest.version === 1) return manifest;
  throw new Error(`${path} has version ${manifest.version}, and this Goshawk reads version 1: use a newer Goshawk`);
}

function parsed(text: string, path: string): Manifest {
  try {
    return JSON.parse(text) as Manifest;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} is damaged (${reason}); without it the store is as the manifest before it says`, {
      cause,
    });
  }
}

/** Makes `next` the newest manifest. The caller holds the writer's lock. */
export async function writeManifest(folder: string, next: Manifest): Promise<void> {
  await writeAtomically(join(folder, fileName(next.generation)), JSON.stringify(next));
  for (const old of (await manifestNames(folder)).slice(0, -KEPT)) await rm(join(folder, old), { force: true });
}

async function manifestNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^manifest-\d{10}\.json$/.test(name)).sort();
}
