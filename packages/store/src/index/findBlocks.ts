import type { DuckDBConnection } from "@goshawk/engine/database";
import { columnsIn, type KqlType, type Scalar } from "@goshawk/kql";
import { type BlockSet, members } from "./blockSet.ts";
import type { ColumnDictionary, DictionaryMatch } from "./dictionaryCache.ts";
import type { OpenIndex } from "./openIndexes.ts";
import { searchTerms } from "./searchTerms.ts";
import { type TermNeeds, termNeeds } from "./termNeeds.ts";

/** A segment of the table with its number in it, and its index. */
export interface IndexedSegment {
  readonly segment: number;
  readonly index: OpenIndex;
}

/** Blocks by segment; of a segment that is absent every block may be needed. */
export type Found = ReadonlyMap<number, BlockSet>;

/** What looking for blocks needs, and what it learns on the way. */
export interface Search {
  readonly segments: readonly IndexedSegment[];
  readonly connection: DuckDBConnection;
  column(id: number): { readonly physical: string; readonly type: KqlType } | undefined;
  dictionary(column: { readonly physical: string; readonly type: KqlType }): Promise<ColumnDictionary>;
  /** Called for each condition that an index answered. */
  note(condition: Scalar, says: string): void;
  /** Called when rows that meet the condition have one of few values, in those segments. */
  few(column: string, values: readonly string[], segments: readonly number[]): void;
}

/** The blocks where all conditions may hold at once. */
export async function blocksForAll(conditions: readonly Scalar[], search: Search): Promise<Found> {
  let found: Found = new Map();
  for (const condition of conditions) found = both(found, await blocksFor(condition, search));
  return found;
}

async function blocksFor(condition: Scalar, search: Search): Promise<Found> {
  const columns = [...columnsIn(condition)];
  const [id] = columns;
  const column = columns.length === 1 && id !== undefined ? search.column(id) : undefined;
  const byValue = column === undefined ? undefined : await byDictionary(condition, column, search);
  if (byValue !== undefined && byValue.size === search.segments.length) return byValue;
  const split = await byParts(condition, search);
  if (split !== undefined) return byValue === undefined ? split : new Map([...split, ...byValue]);
  const byTerm = column === undefined ? new Map() : byTerms(condition, column.physical, search);
  return byValue === undefined ? byTerm : new Map([...byTerm, ...byValue]);
}

async function byParts(condition: Scalar, search: Search): Promise<Found | undefined> {
  if (condition.kind !== "call") return undefined;
  if (condition.name === "and") return blocksForAll(condition.args, search);
  if (condition.name !== "or") return undefined;
  const branch: Search = { ...search, few: () => undefined };
  const [first = new Map<number, BlockSet>(), ...rest] = await inTurn(condition.args, (arg) => blocksFor(arg, branch));
  return rest.reduce(either, first);
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

async function byDictionary(
  condition: Scalar,
  column: { readonly physical: string; readonly type: KqlType },
  search: Search,
): Promise<Found | undefined> {
  const sources = search.segments.flatMap(({ segment, index }) => {
    const has = index.header.columns.some((item) => item.kind === "dictionary" && item.column === column.physical);
    return has && index.dictionary !== undefined
      ? [{ segment, file: index.dictionary, blocks: index.header.blocks }]
      : [];
  });
  if (sources.length === 0) return undefined;
  const dictionary = await search.dictionary(column);
  await dictionary.load(sources);
  const match = await evaluated(condition, dictionary);
  if (match === undefined) return undefined;
  const values = match.values.filter((value) => value !== null);
  const plain = column.type === "string" || column.type === "guid";
  if (plain && values.length === match.values.length)
    search.few(
      column.physical,
      values,
      sources.map(({ segment }) => segment),
    );
  search.note(condition, `matches ${count(match.matches)} of ${count(dictionary.values)} values`);
  return new Map(sources.map(({ segment }) => [segment, match.blocks.get(segment) ?? 0n]));
}

/** A condition that fails on a value which other conditions keep away from it says nothing here. */
async function evaluated(condition: Scalar, dictionary: ColumnDictionary): Promise<DictionaryMatch | undefined> {
  try {
    return await dictionary.search(condition);
  } catch (error) {
    if (error instanceof Error && /INTERRUPT/i.test(error.message)) throw error;
    return undefined;
  }
}

function byTerms(condition: Scalar, column: string, search: Search): Found {
  const needs = termNeeds(condition);
  if (needs === undefined) return new Map();
  const found = new Map<number, BlockSet>();
  let [blocks, of] = [0, 0];
  for (const { segment, index } of search.segments) {
    const set = safely(index, column, needs);
    if (set === undefined) continue;
    found.set(segment, set);
    blocks += members(set, index.header.blocks).length;
    of += index.header.blocks;
  }
  if (of > 0) search.note(condition, `has its terms in ${count(blocks)} of ${count(of)} blocks`);
  return found;
}

/** A filter that can't be read says nothing. */
function safely(index: OpenIndex, column: string, needs: TermNeeds): BlockSet | undefined {
  try {
    return searchTerms(index, column, needs);
  } catch {
    return undefined;
  }
}

function both(a: Found, b: Found): Found {
  const found = new Map(a);
  for (const [segment, set] of b) found.set(segment, (a.get(segment) ?? set) & set);
  return found;
}

export function either(a: Found, b: Found): Found {
  const found = new Map<number, BlockSet>();
  for (const [segment, set] of a) {
    const other = b.get(segment);
    if (other !== undefined) found.set(segment, set | other);
  }
  return found;
}

export function count(number: number): string {
  return number.toLocaleString("en");
}
