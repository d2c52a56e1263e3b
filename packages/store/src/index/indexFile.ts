import { writeFile } from "node:fs/promises";
import type { TermFilter } from "./termFilter.ts";

/** Files beside a segment `x.parquet`: `x.index` with this header and the term filters, `x.dictionary.parquet`. */
export const indexSuffix = ".index";
export const dictionarySuffix = ".dictionary.parquet";

/** What is known of a segment without looking at its rows. */
export interface IndexHeader {
  readonly version: 1;
  readonly firstBlock: number;
  readonly blocks: number;
  readonly columns: readonly IndexedColumn[];
}

/** A column by its name in Parquet; `offset` is where its filter begins, in bytes behind the header. */
type IndexedColumn =
  | { readonly column: string; readonly kind: "dictionary"; readonly values: number }
  | { readonly column: string; readonly kind: "terms"; readonly positions: number; readonly offset: number };

export const LENGTH_BYTES = 4;

/** Writes a header and the filters that its columns point into. */
export async function writeIndexFile(
  path: string,
  facts: Pick<IndexHeader, "firstBlock" | "blocks">,
  dictionaries: readonly { readonly column: string; readonly values: number }[],
  filters: readonly { readonly column: string; readonly filter: TermFilter }[],
): Promise<void> {
  let offset = 0;
  const columns: IndexedColumn[] = dictionaries.map((of) => ({ ...of, kind: "dictionary" }));
  for (const { column, filter } of filters) {
    columns.push({ column, kind: "terms", positions: filter.positions, offset });
    offset += filter.bytes.length;
  }
  const header: IndexHeader = { version: 1, ...facts, columns };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  await writeFile(path, [length, text, ...filters.map(({ filter }) => filter.bytes)]);
}
