import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/database";
import { quoteIdentifier, quoteText } from "@goshawk/kql/values";
import type { SegmentColumn } from "../store/entries.ts";
import { type BlockedSegment, blockColumn, blocksOf } from "./blocks.ts";

/** For each distinct value of some columns, null too, the set of blocks that hold it: `column`, `value`, `blocks`. */
export async function writeDictionaries(
  segment: BlockedSegment,
  columns: readonly { readonly column: SegmentColumn }[],
  path: string,
  connection: DuckDBConnection,
): Promise<void> {
  // Whole bytes, because a set of bits is stored as such.
  const lastBit = Math.ceil(blocksOf(segment.rows) / 8) * 8 - 1;
  const parts = columns.map(({ column: { physical } }) => {
    const held = `select distinct cast(${quoteIdentifier(physical)} as VARCHAR) as value, cast(${blockColumn} - ${segment.firstBlock} as INTEGER) as block from ${parquetFilesSql([segment.path])}`;
    return `select ${quoteText(physical)} as "column", value, cast(bitstring_agg(block, 0, ${lastBit}) as BLOB) as blocks from (${held}) group by value`;
  });
  await connection.run(`copy (${parts.join(" union all ")}) to ${quoteText(path)} (format parquet, compression zstd)`);
}
