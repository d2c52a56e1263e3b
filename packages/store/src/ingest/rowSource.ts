/** Rows of one file before their columns have types. */
export interface RowSource {
  /** `jsonlines` and so on, for the receipt. */
  readonly format: string;
  /** A SQL query with `_line` BIGINT (the record's number in the file) and one VARCHAR `f<i>` for each of `fields`. */
  readonly sql: string;
  readonly fields: readonly string[];
  /** The field whose cells name the row's table, or the table that all rows belong to; neither where it must be found out. */
  readonly tableField?: string;
  readonly table?: string;
  /** Records that are no rows: their text could not be read. */
  readonly lost: readonly LostRecord[];
  readonly notes: readonly string[];
}

/** A record that could not be read, kept in the report. */
export interface LostRecord {
  readonly line: number;
  readonly text: string;
}
