import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/database";
import type { KqlType } from "@goshawk/kql";
import { quoteIdentifier } from "@goshawk/kql/values";
import { textRows } from "../ingest/sql.ts";
import type { SegmentColumn } from "../store/entries.ts";
import type { BlockedSegment } from "./blocks.ts";

/** A dictionary pays while its values are few against the rows, and small enough to be held in memory. */
const FEWEST_ROWS_PER_VALUE = 8;
const MOST_VALUES = 65_536;
const MOST_DICTIONARY_BYTES = 8_388_608;
const REPEATS = 8;

/** Numbers, times and bools have the least and the greatest value of each row group in Parquet itself. */
const asDictionary: ReadonlySet<KqlType> = new Set(["string", "dynamic", "guid", "int", "long"]);
const asTerms: ReadonlySet<KqlType> = new Set(["string", "dynamic", "guid"]);

export interface IndexableColumns {
  readonly dictionaries: readonly { readonly column: SegmentColumn; readonly values: number }[];
  readonly texts: readonly TextColumn[];
}

export interface TextColumn {
  readonly column: SegmentColumn;
  /** Most values occur several times: it pays to look at each but once a block. */
  readonly repeats: boolean;
}

/** Which columns get a dictionary and which a filter of terms, by their values in this segment. */
export async function indexableColumns(
  segment: BlockedSegment,
  connection: DuckDBConnection,
): Promise<IndexableColumns> {
  const columns = segment.columns.filter((column) => asDictionary.has(column.type));
  if (columns.length === 0) return { dictionaries: [], texts: [] };
  const facts = columns.flatMap(({ physical }) => [
    `approx_count_distinct(${quoteIdentifier(physical)})`,
    `coalesce(avg(strlen(cast(${quoteIdentifier(physical)} as VARCHAR))), 0)`,
  ]);
  const [row = []] = await textRows(connection, `select ${facts.join(", ")} from ${parquetFilesSql([segment.path])}`);
  const dictionaries: { column: SegmentColumn; values: number }[] = [];
  const texts: TextColumn[] = [];
  for (const [index, column] of columns.entries()) {
    const [values, length] = [Number(row[2 * index]), Number(row[2 * index + 1])];
    const few = values <= Math.min(MOST_VALUES, segment.rows / FEWEST_ROWS_PER_VALUE);
    if (few && values * length <= MOST_DICTIONARY_BYTES) dictionaries.push({ column, values });
    else if (asTerms.has(column.type) && length > 0) texts.push({ column, repeats: values * REPEATS < segment.rows });
  }
  return { dictionaries, texts };
}
