/** Rows that one ingested file brought to one table. */
export interface ReceiptTable {
  readonly table: string;
  readonly rows: number;
  /** Ticks; null when no row has an event time. */
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
}

/** Values of one column that didn't convert; their text is kept in `_unconverted`. */
export interface UnconvertedColumn {
  readonly table: string;
  readonly column: string;
  readonly count: number;
  readonly example: string;
}

/** A place in a file that couldn't be read, what was expected there, and what to do about it. */
export interface Problem {
  /** Member of an archive, when the place is in one. */
  readonly member?: string;
  /** From 1; absent when the whole file is meant. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  /** What stood there, shortened. */
  readonly text?: string;
}

/** What became of one ingested file. */
export interface Receipt {
  readonly id: string;
  readonly path: string;
  /** The formats from the outside in, such as `gzip, JSON lines`. */
  readonly format: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Of the one file in it, where it is a gzip or an archive of one. */
  readonly contentSha256?: string;
  /** When it was stored, ISO 8601. */
  readonly at: string;
  readonly rows: number;
  /** Rows of them that retention has taken out since, or a damaged segment. */
  readonly removed: number;
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
  readonly tables: readonly ReceiptTable[];
  readonly unconverted: readonly UnconvertedColumn[];
  /** Lines or records that are no row; all of them are kept in `rejectedFile`, the first few are `problems`. */
  readonly rejected: number;
  /** Absolute path of the text of everything rejected, one JSON object a line. */
  readonly rejectedFile?: string;
  readonly problems: readonly Problem[];
  /** Repairs and choices worth knowing, in words. */
  readonly notes: readonly string[];
}
