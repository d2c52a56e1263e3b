import { randomBytes } from "node:crypto";
import type { SegmentColumn } from "../store/entries.ts";

/** Rows of one block, and of one row group: the least that is read or skipped at once. A multiple of DuckDB's 2048. */
export const BLOCK_ROWS = 20_480;

/** Every segment's hidden column of block numbers: one value a row group, so that `IN` over them skips row groups. */
export const blockColumn = "_block";

const MOST_BLOCKS = 2 ** 20;

/** The number of a new segment's first block; the others count up. Two segments that share numbers cost time, no answer. */
export function newFirstBlock(): number {
  return randomBytes(4).readUInt32BE() * MOST_BLOCKS;
}

/** SQL of rows in the order of a segment, with their block numbers. */
export function withBlocks(orderedRows: string, firstBlock: number): string {
  return `select *, cast(${firstBlock} + (row_number() over () - 1) // ${BLOCK_ROWS} as BIGINT) as ${blockColumn} from (${orderedRows})`;
}

/** A column with up to so many values in a block is stored as a dictionary: devices have thousands. */
const MOST_DICTIONARY = 8192;

/** What `copy` needs to know, so that row groups are blocks. */
export const segmentFormat: string = `format parquet, compression zstd, parquet_version v2, row_group_size ${BLOCK_ROWS}, dictionary_size_limit ${MOST_DICTIONARY}`;

export function blocksOf(rows: number): number {
  return Math.ceil(rows / BLOCK_ROWS);
}

/** A finished Parquet file of one segment, written with `withBlocks` and `segmentFormat`. */
export interface BlockedSegment {
  readonly path: string;
  readonly rows: number;
  readonly firstBlock: number;
  readonly columns: readonly SegmentColumn[];
}
