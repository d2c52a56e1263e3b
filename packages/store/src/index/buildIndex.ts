import type { DuckDBConnection } from "@goshawk/engine/database";
import { type BlockedSegment, blocksOf } from "./blocks.ts";
import { writeDictionaries } from "./dictionary.ts";
import { indexableColumns } from "./indexable.ts";
import { dictionarySuffix, indexSuffix, writeIndexFile } from "./indexFile.ts";
import { buildFilter } from "./readTexts.ts";

/** Builds the index of a segment in files beside it and answers with their paths; none where there is one block. */
export async function buildIndex(segment: BlockedSegment, connection: DuckDBConnection): Promise<readonly string[]> {
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
