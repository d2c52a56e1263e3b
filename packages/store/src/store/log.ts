import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SourceEntry } from "./entries.ts";
import { createAtomically, writeAtomically } from "./files.ts";
import { packedText, unpacked } from "./packed.ts";
import { addCommit, type Commit, emptyState, type GrowingState, type LeavingFile, type StoreState } from "./state.ts";
import { hasManifest, readManifest, removeManifests } from "./versionOne.ts";

/** Where the log of commits stands in a store's folder. */
export const logFolder = "log";

const FEWEST_COMMITS = 128;
/** A checkpoint costs its segments; one in so many commits keeps the cost of each the same however many there are. */
const SEGMENTS_PER_COMMIT = 64;
const ATTEMPTS = 8;

const checkpointName = (generation: number): string => `checkpoint-${String(generation).padStart(10, "0")}`;
const commitName = (generation: number): string => `commit-${String(generation).padStart(10, "0")}`;

/** A checkpoint as it is written: the state, its maps as lists. */
interface Checkpoint {
  readonly generation: number;
  readonly sources: readonly SourceEntry[];
  readonly leaving: readonly (readonly [file: string, since: LeavingFile])[];
}

interface Listing {
  /** Generations, the newest first. */
  readonly checkpoints: readonly number[];
  readonly commits: ReadonlySet<number>;
}

/** Everything that is committed, as one generation, however many commits are made meanwhile. */
export async function readState(root: string): Promise<GrowingState> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await listLog(root);
    const state = await baseOf(root, before.checkpoints);
    if (state === undefined) continue;
    await addCommits(root, state);
    if (state.generation >= newestIn(before)) return state;
    // A new checkpoint takes old commits away, also those that were about to be read.
    const after = await listLog(root);
    if ((after.checkpoints[0] ?? 0) <= (before.checkpoints[0] ?? 0)) throw gapAfter(root, state.generation, before);
  }
  throw new Error(`${join(root, logFolder)} changes faster than it can be read; try again`);
}

function newestIn({ checkpoints, commits }: Listing): number {
  return [...commits].reduce((newest, generation) => Math.max(newest, generation), checkpoints[0] ?? 0);
}

function gapAfter(root: string, generation: number, listing: Listing): Error {
  const missing = join(root, logFolder, commitName(generation + 1));
  return new Error(
    `${missing} is missing, but later ones are there (up to ${newestIn(listing)}); put it back from a copy`,
  );
}

/** The newest checkpoint that can be read, else what was before there was a log; undefined where it is being replaced. */
async function baseOf(root: string, checkpoints: readonly number[]): Promise<GrowingState | undefined> {
  let damage: unknown;
  for (const generation of checkpoints) {
    try {
      return await readCheckpoint(join(root, logFolder, checkpointName(generation)));
    } catch (error) {
      damage = isMissing(error) ? damage : (damage ?? error);
    }
  }
  if (damage !== undefined) throw damage;
  if (checkpoints.length > 0) return undefined;
  const before = await readManifest(root);
  if (before === undefined && (await listLog(root)).checkpoints.length > 0) return undefined;
  return before ?? emptyState();
}

async function readCheckpoint(path: string): Promise<GrowingState> {
  const { generation, segments, sources, leaving } = unpacked<Checkpoint>(await readFile(path, "utf8"), path);
  return {
    generation,
    segments: new Map(segments.map((segment) => [segment.file, segment])),
    sources: new Map(sources.map((source) => [source.id, source])),
    leaving: new Map(leaving),
  };
}

/** One after the other, until the next one isn't there. */
async function addCommits(root: string, state: GrowingState): Promise<void> {
  for (;;) {
    const path = join(root, logFolder, commitName(state.generation + 1));
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (text === undefined) return;
    addCommit(state, unpacked<Commit>(text, path));
  }
}

/** Makes a change part of the store, for good once this resolves. The caller holds the writer's lock. */
export async function appendCommit(root: string, state: GrowingState, commit: Commit): Promise<void> {
  const path = join(root, logFolder, commitName(commit.generation));
  if (!(await createAtomically(path, packedText(commit))))
    throw new Error(
      `another process wrote into the store ${root} meanwhile, beside its lock; nothing of this change was stored, try again`,
    );
  addCommit(state, commit);
}

/** Whether a commit of that number is there, whoever made it. */
export async function hasCommit(root: string, generation: number): Promise<boolean> {
  return (await listLog(root)).commits.has(generation);
}

/** A log that is ready for more, and how many commits it has since its last checkpoint. */
export interface OpenLog {
  readonly state: GrowingState;
  readonly commits: number;
}

/** Makes the log ready for writing; what was there before there was one becomes its first checkpoint. */
export async function openLog(root: string): Promise<OpenLog> {
  await mkdir(join(root, logFolder), { recursive: true });
  const state = await readState(root);
  const [newest] = (await listLog(root)).checkpoints;
  if (newest === undefined && (await hasManifest(root))) {
    await writeCheckpoint(root, state);
    await removeManifests(root);
    return { state, commits: 0 };
  }
  await removeManifests(root);
  return { state, commits: state.generation - (newest ?? 0) };
}

/** Files of the log that can't be read, and why; a checkpoint has the one before it to stand in. */
export async function damagedLogFiles(
  root: string,
): Promise<readonly { readonly file: string; readonly reason: string }[]> {
  const { checkpoints, commits } = await listLog(root);
  const damaged: { file: string; reason: string }[] = [];
  for (const name of [...checkpoints.map(checkpointName), ...[...commits].map(commitName)]) {
    const file = join(root, logFolder, name);
    try {
      unpacked(await readFile(file, "utf8"), file);
    } catch (error) {
      // A writer may have replaced it meanwhile.
      if (!isMissing(error)) damaged.push({ file, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return damaged;
}

/** Whether so many commits since the last checkpoint are enough for a new one. */
export function isCheckpointDue(state: StoreState, commits: number): boolean {
  return commits >= Math.max(FEWEST_COMMITS, state.segments.size / SEGMENTS_PER_COMMIT);
}

/**
 * Writes the whole state in one file. The checkpoint before it stays, with the commits after it, so that one damaged
 * file loses nothing; what is older goes.
 */
export async function writeCheckpoint(root: string, state: StoreState): Promise<void> {
  const content = {
    generation: state.generation,
    segments: [...state.segments.values()],
    sources: [...state.sources.values()],
    leaving: [...state.leaving],
  };
  await writeAtomically(join(root, logFolder, checkpointName(state.generation)), packedText(content));
  const { checkpoints, commits } = await listLog(root);
  const oldest = checkpoints[1] ?? 0;
  const old = [
    ...checkpoints.filter((generation) => generation < oldest).map(checkpointName),
    ...[...commits].filter((generation) => generation <= oldest).map(commitName),
  ];
  for (const name of old) await rm(join(root, logFolder, name), { force: true });
}

async function listLog(root: string): Promise<Listing> {
  const names = await readdir(join(root, logFolder)).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const numbers = (kind: string): number[] =>
    names.flatMap((name) => (new RegExp(`^${kind}-\\d{10}$`).test(name) ? [Number(name.slice(kind.length + 1))] : []));
  return { checkpoints: numbers("checkpoint").sort((a, b) => b - a), commits: new Set(numbers("commit")) };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
