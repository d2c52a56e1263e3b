import { filesOf, type SegmentEntry, type SourceEntry } from "./entries.ts";

/** One change of a store, whole or not at all. */
export interface Commit {
  /** Grows by one with every change. */
  readonly generation: number;
  /** ISO 8601, by the writer's clock. */
  readonly at: string;
  readonly work: "ingest" | "compact" | "retain" | "set-aside" | "sweep";
  readonly segments: readonly SegmentEntry[];
  /** New ones, and those that take the place of their earlier form. */
  readonly sources: readonly SourceEntry[];
  /** Files of the segments that are no longer part of the store. */
  readonly removed: readonly string[];
  /** Files that are no part of the store any more, and are gone from disk. */
  readonly swept: readonly string[];
}

/** A file that readers of earlier generations may still use. */
export interface LeavingFile {
  /** The generation that does without it. */
  readonly generation: number;
  readonly at: string;
}

/** All that a store holds at one moment. */
export interface StoreState {
  readonly generation: number;
  readonly segments: ReadonlyMap<string, SegmentEntry>;
  readonly sources: ReadonlyMap<string, SourceEntry>;
  readonly leaving: ReadonlyMap<string, LeavingFile>;
}

/** A state that commits are added to in place, each at the cost of its own size. */
export interface GrowingState extends StoreState {
  generation: number;
  readonly segments: Map<string, SegmentEntry>;
  readonly sources: Map<string, SourceEntry>;
  readonly leaving: Map<string, LeavingFile>;
}

export function emptyState(): GrowingState {
  return { generation: 0, segments: new Map(), sources: new Map(), leaving: new Map() };
}

export function addCommit(state: GrowingState, commit: Commit): void {
  state.generation = commit.generation;
  const leave: LeavingFile = { generation: commit.generation, at: commit.at };
  for (const source of commit.sources) {
    const before = state.sources.get(source.id)?.rejectedFile;
    if (before !== undefined && before !== source.rejectedFile) state.leaving.set(before, leave);
    state.sources.set(source.id, source);
  }
  for (const name of commit.removed) {
    const segment = state.segments.get(name);
    if (segment === undefined) continue;
    state.segments.delete(name);
    for (const file of filesOf(segment)) state.leaving.set(file, leave);
  }
  for (const segment of commit.segments) state.segments.set(segment.file, segment);
  for (const file of commit.swept) state.leaving.delete(file);
}
