import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Receipt as SourceReceipt } from "./receipt.ts";
import type { Segment } from "./snapshot.ts";
import { writeAtomically } from "./files.ts";

/** All that a store holds at one moment. */
export interface Manifest {
  readonly version: 1;
  /** Grows by one with every change. */
  readonly generation: number;
  readonly segments: readonly Segment[];
  readonly sources: readonly SourceReceipt[];
}

const KEPT = 3;
const emptyManifest: Manifest = { version: 1, generation: 0, segments: [], sources: [] };

function fileName(generation: number): string {
  return `manifest-${String(generation).padStart(10, "0")}.json`;
}

/** The newest manifest that reads whole; an empty one where there is none. */
export async function readManifest(folder: string): Promise<Manifest> {
  const names = await manifestNames(folder);
  for (const name of names.reverse()) {
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.version !== 1)
      throw new Error(
        `${join(folder, name)} has version ${manifest.version}; this Goshawk reads version 1: use a newer one`,
      );
    return manifest;
  }
  return emptyManifest;
}

/** Makes `next` the newest manifest. The caller holds the writer's lock. */
export async function writeManifest(folder: string, next: Manifest): Promise<void> {
  await writeAtomically(join(folder, fileName(next.generation)), JSON.stringify(next));
  const names = await manifestNames(folder);
  for (const old of names.slice(0, -KEPT)) await rm(join(folder, old), { force: true });
}

async function manifestNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^manifest-\d{10}\.json$/.test(name)).sort();
}
