import type { KqlType } from "@goshawk/kql";
import type { Problem, UnconvertedColumn } from "./receipt.ts";

/** Ticks as decimal text: JSON has no integers of 64 bits. */
export type TicksText = string | null;

/** A segment as the catalogue writes it. */
export interface SegmentEntry {
  readonly table: string;
  /** Relative to the store's folder. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of the file's bytes; absent for segments of stores before version 2. */
  readonly sha256?: string;
  readonly firstEvent: TicksText;
  readonly lastEvent: TicksText;
  /** The ingested files that its rows came from. */
  readonly sources: readonly SourceShare[];
  readonly columns: readonly SegmentColumn[];
  /** Files that live and die with the segment, such as its index. */
  readonly beside?: readonly BesideFile[];
}

export interface SourceShare {
  readonly id: string;
  readonly rows: number;
}

export interface SegmentColumn {
  readonly name: string;
  readonly type: KqlType;
  readonly physical: string;
}

export interface BesideFile {
  /** Relative to the store's folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A receipt as the catalogue writes it: what was stored then, whatever became of the rows since. */
export interface SourceEntry {
  readonly id: string;
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Of the one file in it, where it is a gzip or an archive of one. */
  readonly contentSha256?: string;
  readonly at: string;
  readonly tables: readonly SourceTable[];
  readonly unconverted: readonly UnconvertedColumn[];
  readonly rejected: number;
  /** Relative to the store's folder. */
  readonly rejectedFile?: string;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** Rows that a source brought to one table. */
export interface SourceTable {
  readonly table: string;
  readonly rows: number;
  readonly firstEvent: TicksText;
  readonly lastEvent: TicksText;
}

/** The files of a segment, its own first. */
export function filesOf(segment: SegmentEntry): readonly string[] {
  return [segment.file, ...(segment.beside ?? []).map((beside) => beside.file)];
}
