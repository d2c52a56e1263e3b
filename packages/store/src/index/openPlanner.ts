import type { DuckDBConnection, PlannedRead, ReadPlanner, StoredTableLayout } from "@goshawk/engine/duckdb";
import { type NeededRows, type Scalar, type TimeRange, timeRange } from "@goshawk/kql";
import { members } from "./blockSet.ts";
import { BLOCK_ROWS, blocksOf } from "./blocks.ts";
import { type ColumnDictionary, columnDictionary } from "./dictionaryCache.ts";
import { blocksForAll, count, either, type Found, type Search } from "./findBlocks.ts";
import { type OpenIndex, openIndex } from "./openIndexes.ts";
import { relationSql } from "./relation.ts";

type Segments = NonNullable<StoredTableLayout["segments"]>;

/** A column with more values than this is not compared with all of them once more. */
const MOST_FEW = 32;
/** Where more of a file's blocks matter, it is read from end to end. */
const MOST_SHARE = 0.5;
const MOST_LISTED = 4096;

/** Plans reads over the segments of some tables, by their indexes and times; what it opens stays in memory. */
export function openPlanner(tables: readonly StoredTableLayout[]): ReadPlanner {
  const known = new Map(tables.map((table) => [table.name, new TablePlanner(table)]));
  return {
    plan: async (needed, text, connection) => {
      const planned: PlannedRead[] = [];
      for (const one of needed) {
        const found = await known.get(one.read.table)?.plan(one, text, connection);
        if (found !== undefined) planned.push(found);
      }
      return planned;
    },
    close: async () => {
      for (const table of known.values()) await table.close();
    },
  };
}

/** One table, with what was opened of its indexes. */
class TablePlanner {
  readonly #table: StoredTableLayout;
  readonly #segments: Segments;
  readonly #indexes = new Map<number, OpenIndex | undefined>();
  readonly #dictionaries = new Map<string, Promise<ColumnDictionary>>();

  constructor(table: StoredTableLayout) {
    this.#table = table;
    this.#segments = table.segments ?? [];
  }

  async close(): Promise<void> {
    for (const dictionary of this.#dictionaries.values()) await (await dictionary).drop();
    this.#dictionaries.clear();
  }

  async plan(
    { read, anyOf }: NeededRows,
    text: string,
    connection: DuckDBConnection,
  ): Promise<PlannedRead | undefined> {
    if (this.#segments.length === 0) return undefined;
    if (anyOf.some((conditions) => conditions.length === 0))
      return this.#planned(read, this.#all(), new Map(), new Map(), []);
    const columns = new Map([...read.columns, ...read.hidden].map((column) => [column.id, column] as const));
    const column = (id: number): StoredTableLayout["columns"][number] | undefined => {
      const of = columns.get(id);
      return this.#table.columns.find((item) => item.name === of?.name && item.type === of.type);
    };
    const time = this.#table.columns.find((item) => item.name === this.#table.eventTime);
    const isTime = (id: number): boolean => time !== undefined && column(id)?.physical === time.physical;
    const kept = this.#inTime(anyOf.map((conditions) => timeRange(conditions, isTime)));
    const reasons: string[] = [];
    if (kept.length < this.#segments.length)
      reasons.push(`the time asked for is in ${count(kept.length)} of ${count(this.#segments.length)} files`);
    const few = new Map<string, { readonly values: readonly string[]; readonly segments: ReadonlySet<number> }>();
    const search: Search = {
      segments: kept.flatMap((segment) => this.#indexed(segment)),
      connection,
      column,
      dictionary: (of) => this.#dictionary(of, connection),
      note: (condition, says) => reasons.push(`\`${wordsOf(condition, text)}\` ${says}`),
      few: (of, values, segments) => {
        if (anyOf.length === 1 && values.length <= MOST_FEW) few.set(of, { values, segments: new Set(segments) });
      },
    };
    let found: Found | undefined;
    for (const conditions of anyOf) {
      const here = await blocksForAll(conditions, search);
      found = found === undefined ? here : either(found, here);
    }
    return this.#planned(read, kept, found ?? new Map(), few, reasons);
  }

  #planned(
    read: PlannedRead["read"],
    kept: readonly number[],
    found: Found,
    few: ReadonlyMap<string, { readonly values: readonly string[]; readonly segments: ReadonlySet<number> }>,
    reasons: readonly string[],
  ): PlannedRead {
    const whole: number[] = [];
    const partial: number[] = [];
    const blocks: number[] = [];
    let [blocksRead, rows] = [0, 0];
    for (const segment of kept) {
      const index = this.#open(segment);
      const set = found.get(segment);
      const all = this.#blocks(segment);
      const some = index === undefined || set === undefined ? undefined : members(set, all);
      if (some !== undefined && some.length === 0) continue;
      if (index === undefined || some === undefined || some.length > all * MOST_SHARE || blocks.length > MOST_LISTED) {
        whole.push(segment);
        blocksRead += all;
        rows += this.#segments[segment]?.rows ?? 0;
        continue;
      }
      partial.push(segment);
      blocks.push(...some.map((block) => index.header.firstBlock + block));
      blocksRead += some.length;
      rows += some.length * BLOCK_ROWS;
    }
    const reading = {
      table: this.#table.name,
      files: { read: whole.length + partial.length, of: this.#segments.length },
      blocks: { read: blocksRead, of: this.#all().reduce((sum, segment) => sum + this.#blocks(segment), 0) },
      reasons,
    };
    if (whole.length === this.#segments.length) return { read, rows, reading };
    const file = (segment: number): string => this.#segments[segment]?.file ?? "";
    const sure = [...few].filter(([, { segments }]) => partial.every((segment) => segments.has(segment)));
    return {
      read,
      rows,
      sql: relationSql({
        columns: this.#table.columns,
        mixedTimes: this.#table.mixedTimes,
        whole: whole.map(file),
        partial: partial.map(file),
        blocks,
        few: new Map(sure.map(([column, { values }]) => [column, values])),
      }),
      reading,
    };
  }

  /** Segments with an event in one of the ranges; a row without a time meets no condition on it. */
  #inTime(ranges: readonly TimeRange[]): readonly number[] {
    const open = ranges.some((range) => range.from === undefined && range.to === undefined);
    return this.#segments.flatMap(({ firstEvent, lastEvent }, segment) => {
      if (open) return [segment];
      if (firstEvent === null || lastEvent === null) return [];
      const meets = ({ from, to }: TimeRange): boolean =>
        (from === undefined || from <= lastEvent) && (to === undefined || to >= firstEvent);
      return ranges.some(meets) ? [segment] : [];
    });
  }

  #all(): readonly number[] {
    return [...this.#segments.keys()];
  }

  #open(segment: number): OpenIndex | undefined {
    if (!this.#indexes.has(segment)) this.#indexes.set(segment, openIndex(this.#segments[segment]?.beside ?? []));
    return this.#indexes.get(segment);
  }

  #indexed(segment: number): Search["segments"] {
    const index = this.#open(segment);
    return index === undefined ? [] : [{ segment, index }];
  }

  #blocks(segment: number): number {
    return blocksOf(this.#segments[segment]?.rows ?? 0);
  }

  #dictionary(column: Parameters<Search["dictionary"]>[0], connection: DuckDBConnection): Promise<ColumnDictionary> {
    const known = this.#dictionaries.get(column.physical);
    if (known !== undefined) return known;
    const made = columnDictionary(column, connection);
    this.#dictionaries.set(column.physical, made);
    // A query that is stopped while it is made must not keep later ones from it.
    made.catch(() => this.#dictionaries.delete(column.physical));
    return made;
  }
}

const LONGEST_WORDS = 100;

/** A condition as the query writes it. */
function wordsOf(condition: Scalar, text: string): string {
  if (condition.kind !== "call") return "a condition";
  const words = text.slice(condition.origin.start, condition.origin.end).replace(/\s+/g, " ").trim();
  if (words === "") return condition.name;
  return words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
}
