import type { KqlType } from "@goshawk/kql";

/** A column of a stored table. */
export interface StoredColumn {
  /** As KQL spells it; case-sensitive. */
  readonly name: string;
  readonly type: KqlType;
  /** As the Parquet files spell it; unique, letter case aside. Two KQL names may share one. */
  readonly physical: string;
  /** Present in every segment. */
  readonly complete: boolean;
}

/** The rows of a table in one snapshot. */
export interface StoredTable {
  readonly name: string;
  readonly rows: number;
  /** Ticks of the first and the last event; null where rows have no time. */
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
  readonly columns: readonly StoredColumn[];
  /** Absolute paths of the Parquet files. */
  readonly files: readonly string[];
}

/** One immutable Parquet file of a table. */
export interface Segment {
  readonly table: string;
  /** Relative to the store. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** Ticks as decimal text: JSON has no integers of 64 bits. */
  readonly firstEvent: string | null;
  readonly lastEvent: string | null;
  readonly columns: readonly SegmentColumn[];
  /** The source that it came from. */
  readonly source: string;
}

export interface SegmentColumn {
  readonly name: string;
  readonly type: KqlType;
  readonly physical: string;
}

/** What is known of a file that was ingested. */
export interface SourceReceipt {
  readonly id: string;
  readonly path: string;
  readonly format: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Rows by table. */
  readonly tables: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly firstEvent: string | null;
  readonly lastEvent: string | null;
  /** Values that did not convert, by column of a table, each with an example. They are kept in `_unconverted`. */
  readonly unconverted: readonly UnconvertedColumn[];
  /** Repairs, warnings and what could not be read. */
  readonly notes: readonly string[];
  /** When it was ingested, ISO 8601. */
  readonly at: string;
}

export interface UnconvertedColumn {
  readonly table: string;
  readonly column: string;
  readonly type: KqlType;
  readonly count: number;
  readonly example: string;
}
