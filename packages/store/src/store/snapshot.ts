import type { TimePair } from "@goshawk/engine/database";
import type { ForeignRows } from "@goshawk/engine/duckdb";
import type { KqlType } from "@goshawk/kql";

/** A column of a stored table, and where it stands in the table's Parquet files. */
export interface StoredColumn {
  /** As KQL says it; case-sensitive. */
  readonly name: string;
  readonly type: KqlType;
  /** The column in Parquet, unique without regard to case; two names may share one (`Timestamp` and `TimeGenerated`). */
  readonly physical: string;
  /** Present in every segment. */
  readonly complete: boolean;
}

/** An immutable Parquet file of rows of one table. */
export interface Segment {
  /** Absolute path. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** First and last event in ticks; null when no row has an event time. */
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
  /** The ingested files that its rows came from, by id, and how many from each. */
  readonly sources: readonly { readonly id: string; readonly rows: number }[];
  /** Files that live and die with it, such as its index; absolute paths. */
  readonly beside: readonly string[];
}

/** A table that has rows. */
export interface StoredTable {
  readonly name: string;
  readonly rows: number;
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
  /** The column that holds the event time, if the table has one. */
  readonly eventTime: string | undefined;
  /** The two columns of the event time, where some segments have but one of them: each stands in for the other. */
  readonly mixedTimes?: TimePair | undefined;
  readonly columns: readonly StoredColumn[];
  readonly segments: readonly Segment[];
  /** The files of the segments, in the same order. */
  readonly files: readonly string[];
  /** How to read the files, where somebody else wrote them. */
  readonly foreign?: ForeignRows;
}

/** What a store held at one moment; stays readable while others ingest. */
export interface StoreSnapshot {
  readonly version: number;
  readonly tables: readonly StoredTable[];
}

/** Columns that every segment has beside its table's own: where a row came from, and values that didn't convert. */
export const hiddenColumns: {
  readonly source: "_source";
  readonly line: "_line";
  readonly unconverted: "_unconverted";
} = {
  /** Id of the ingested file; `StoreSource.id`. */
  source: "_source",
  /** Line or record number in that file, from 1. */
  line: "_line",
  /** JSON object text, column → original text of each value that didn't convert; null when all did. */
  unconverted: "_unconverted",
};
