import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/database";
import { quoteIdentifier } from "@goshawk/kql/values";
import { type BlockedSegment, blockColumn, blocksOf } from "./blocks.ts";
import type { TextColumn } from "./indexable.ts";
import { type BlockBits, blockBits, type TermFilter, turned } from "./termFilter.ts";

/** Blocks whose texts are in memory at once. */
const BLOCKS_AT_ONCE = 8;

/** The filter of one column. DuckDB joins each block's texts, so that they come over as a few large values. */
export async function buildFilter(
  segment: BlockedSegment,
  { column, repeats }: TextColumn,
  connection: DuckDBConnection,
): Promise<TermFilter> {
  const blocks = blocksOf(segment.rows);
  const bits: BlockBits[] = Array.from({ length: blocks }, () => new Uint8Array(128));
  for (let from = 0; from < blocks; from += BLOCKS_AT_ONCE) {
    const first = segment.firstBlock + from;
    const rows = `select ${repeats ? "distinct " : ""}${blockColumn} as block, ${quoteIdentifier(column.physical)} as text from ${parquetFilesSql([segment.path])} where ${blockColumn} between ${first} and ${first + BLOCKS_AT_ONCE - 1}`;
    const reader = await connection.runAndReadAll(
      `select block - ${segment.firstBlock}, encode(string_agg(${searchedText(column)}, chr(0))) from (${rows}) where text is not null group by block`,
    );
    for (const [block, texts] of reader.getRows())
      bits[Number(block)] = blockBits((texts as { readonly bytes: Uint8Array }).bytes);
  }
  return turned(bits);
}

/** What `tostring()` makes of the stored text: of a dynamic without quotes and escapes at its ends, the text itself. */
function searchedText({ type }: TextColumn["column"]): string {
  if (type !== "dynamic") return "text";
  return `case when text[1] = '"' or contains(text, '\\') then coalesce(json_extract_string(text, '$'), text) else text end`;
}
