import type { DuckDBConnection } from "@goshawk/engine/database";
import type { SegmentColumn } from "../store/entries.ts";
import { blocksOf } from "./blocks.ts";
import { writeDictionaries } from "./dictionary.ts";
import { indexableColumns } from "./indexable.ts";
import { dictionarySuffix, indexSuffix, writeIndexFile } from "./indexFile.ts";
import { buildFilter } from "./readTexts.ts";

/** A finished Parquet file of one segment, written with `withBlocks` and `segmentFormat`. */
export interface IndexedSegment {
  readonly path: string;
  readonly rows: number;
  readonly firstBlock: number;
  readonly columns: readonly SegmentColumn[];
}

/** Builds the index of a segment in files beside it and answers with their paths; none where there is one block. */
export async function buildIndex(segment: IndexedSegment, connection: DuckDBConnection): Promise<readonly string[]> {
  const blocks = blocksOf(segment.rows);
  if (blocks < 2) return [];
  const { dictionaries, texts } = await indexableColumns(segment, connection);
  const stem = segment.path.replace(/\.parquet$/, "");
  const paths = [`${stem}${indexSuffix}`];
  if (dictionaries.length > 0) {
    paths.push(`${stem}${dictionarySuffix}`);
    await writeDictionaries(segment, dictionaries, `${stem}${dictionarySuffix}`, connection);
  }
  const filters = [];
  for (const text of texts)
    filters.push({ column: text.column.physical, filter: await buildFilter(segment, text, connection) });
  await writeIndexFile(
    `${stem}${indexSuffix}`,
    { firstBlock: segment.firstBlock, blocks },
    dictionaries.map(({ column, values }) => ({ column: column.physical, values })),
    filters,
  );
  return paths;
}
