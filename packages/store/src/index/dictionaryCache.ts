import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/database";
import { dictionaryQuery, type KqlType, type Scalar } from "@goshawk/kql";
import { quoteText } from "@goshawk/kql/values";
import { type BlockSet, fromBits } from "./blockSet.ts";

/** Above so many matching values a condition is no needle. */
const MOST_MATCHES = 1000;

/** The distinct values of one column in the segments that were asked for so far, held in the engine's memory. */
export interface ColumnDictionary {
  /** Values known by now. */
  readonly values: number;
  load(segments: readonly DictionarySource[]): Promise<void>;
  /** The blocks of each loaded segment with values that meet a condition; undefined where too many do. */
  search(condition: Scalar): Promise<DictionaryMatch | undefined>;
  drop(): Promise<void>;
}

export interface DictionarySource {
  /** The segment's number in its table. */
  readonly segment: number;
  readonly blocks: number;
  readonly file: string;
}

export interface DictionaryMatch {
  readonly matches: number;
  /** The values that match, as texts; null is one. */
  readonly values: readonly (string | null)[];
  /** Segments without a match are not in it. */
  readonly blocks: ReadonlyMap<number, BlockSet>;
}

let serial = 0;

export async function columnDictionary(
  column: { readonly physical: string; readonly type: KqlType },
  connection: DuckDBConnection,
): Promise<ColumnDictionary> {
  const name = `index:${++serial}`;
  const [values, places, fresh] = [`"${name}:values"`, `"${name}:places"`, `"${name}:fresh"`];
  await connection.run(`create temp table ${values} (id INTEGER, value VARCHAR)`);
  await connection.run(`create temp table ${places} (segment INTEGER, id INTEGER, blocks BIT)`);
  const loaded = new Map<number, number>();
  let count = 0;
  return {
    get values() {
      return count;
    },
    load: async (segments) => {
      const missing = segments.filter(({ segment }) => !loaded.has(segment));
      if (missing.length === 0) return;
      const files = missing.map(({ file }) => file);
      const numbers = missing.map(({ file, segment }) => `(${quoteText(file)}, ${segment})`).join(", ");
      await connection.run(
        `create or replace temp table ${fresh} as select n.segment, d.value, cast(d.blocks as BIT) as blocks from ${parquetFilesSql(files, "filename = true")} d join (values ${numbers}) n(file, segment) on d.filename = n.file where d."column" = ${quoteText(column.physical)}`,
      );
      await connection.run(
        `insert into ${values} select ${count} + row_number() over (), value from (select distinct value from ${fresh} f where not exists (from ${values} v where v.value is not distinct from f.value))`,
      );
      await connection.run(
        `insert into ${places} select f.segment, v.id, f.blocks from ${fresh} f join ${values} v on v.value is not distinct from f.value`,
      );
      await connection.run(`drop table ${fresh}`);
      for (const { segment, blocks } of missing) loaded.set(segment, blocks);
      const reader = await connection.runAndReadAll(`select count(*) from ${values}`);
      count = Number(reader.getRows()[0]?.[0] ?? 0);
    },
    search: async (condition) => {
      const query = dictionaryQuery(condition, { relation: `${name}:values`, type: column.type }, ["id", "value"]);
      const limited = `select * from (${query.text}) limit ${MOST_MATCHES + 1}`;
      const found = (await connection.runAndReadAll(limited, [...query.parameters])).getRows();
      if (found.length > MOST_MATCHES) return undefined;
      const texts = found.map(([, value]) => (value === null ? null : String(value)));
      const blocks = new Map<number, BlockSet>();
      if (found.length > 0) {
        const reader = await connection.runAndReadAll(
          `select segment, cast(bit_or(blocks) as VARCHAR) from ${places} where id in (${found.map(([id]) => Number(id)).join(", ")}) group by segment`,
        );
        for (const [segment, bits] of reader.getRows())
          blocks.set(Number(segment), fromBits(String(bits), loaded.get(Number(segment)) ?? 0));
      }
      return { matches: found.length, values: texts, blocks };
    },
    drop: async () => {
      await connection.run(`drop table ${values}`);
      await connection.run(`drop table ${places}`);
    },
  };
}
