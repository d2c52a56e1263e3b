import { quoteIdentifier } from "@goshawk/kql";
import type { DuckDBConnection } from "./database.ts";

/** A read that may come again. */
export interface RepeatedRead {
  /** SQL of its rows: the same text means the same rows. */
  readonly sql: string;
  /** The columns that it makes use of, by their physical names. */
  readonly columns: readonly string[];
  /** At most so many rows. */
  readonly rows: number;
}

/** Rows that several queries read, kept in the engine's memory. */
export interface SharedReads {
  /** Relations of the query before are no longer in use. */
  nextQuery(): void;
  /** A relation with the columns and rows of a read; undefined where its files are read as well or better. */
  relation(read: RepeatedRead): Promise<string | undefined>;
  clear(): Promise<void>;
}

export interface SharedReadsOptions {
  /** Together they take about so much memory; those that were not used for longest go first. */
  readonly bytes: number;
}

// Copying a cell costs about as much as reading it twice. Measured over published rules, which share tables but seldom
// columns: a copy at the second read, of every column that was read before, took twice the processor's time of no copies.

/** Larger ones are read where they are: copying them would cost more than it saves. */
const MOST_CELLS = 2_000_000;
/** A read whose columns change again and again is left alone. */
const MOST_COPIES = 4;
/** A column that is read for this time is worth a copy. */
const WORTH_A_COPY = 3;
const MOST_KNOWN = 256;

interface Known {
  /** How many reads that no copy served made use of each column. */
  readonly columns: Map<string, number>;
  copies: number;
  copy: Copy | undefined;
}

interface Copy {
  readonly relation: string;
  readonly columns: ReadonlySet<string>;
  readonly bytes: number;
}

export function sharedReads(connection: DuckDBConnection, { bytes }: SharedReadsOptions): SharedReads {
  // In the order of their use.
  const known = new Map<string, Known>();
  const inUse = new Set<Known>();
  let serial = 0;
  const drop = async (of: Known): Promise<void> => {
    if (of.copy === undefined) return;
    const { relation } = of.copy;
    of.copy = undefined;
    of.columns.clear();
    await connection.run(`drop table ${quoteIdentifier(relation)}`);
  };
  const make = async (of: Known, read: RepeatedRead): Promise<string | undefined> => {
    const { sql, rows } = read;
    const columns = new Set([...(of.copy?.columns ?? []), ...read.columns]);
    if (rows * columns.size > MOST_CELLS || of.copies >= MOST_COPIES || inUse.has(of)) return undefined;
    of.copies++;
    await drop(of);
    const relation = `shared:${++serial}`;
    const before = await tableBytes(connection);
    const items = [...columns].map(quoteIdentifier).join(", ");
    try {
      await connection.run(`create temp table ${quoteIdentifier(relation)} as select ${items} from (${sql})`);
    } catch (error) {
      if (error instanceof Error && /INTERRUPT/i.test(error.message)) throw error;
      // What is wrong with the rows is said by the query that needs them.
      return undefined;
    }
    of.copy = { relation, columns, bytes: (await tableBytes(connection)) - before };
    await makeRoom(of);
    return used(of);
  };
  const used = (of: Known): string | undefined => {
    if (of.copy !== undefined) inUse.add(of);
    return of.copy?.relation;
  };
  const forget = async (): Promise<void> => {
    const oldest = [...known].find(([, of]) => !inUse.has(of));
    if (known.size <= MOST_KNOWN || oldest === undefined) return;
    known.delete(oldest[0]);
    await drop(oldest[1]);
  };
  const makeRoom = async (newest: Known): Promise<void> => {
    const others = [...known.values()].filter((item) => item !== newest && !inUse.has(item));
    for (const item of [...others, newest]) {
      const total = [...known.values()].reduce((sum, { copy }) => sum + (copy?.bytes ?? 0), 0);
      if (total <= bytes) return;
      await drop(item);
    }
  };
  return {
    relation: async (read) => {
      // Rows are counted faster from a file's own facts.
      if (bytes === 0 || read.columns.length === 0) return undefined;
      const of = known.get(read.sql) ?? { columns: new Map(), copies: 0, copy: undefined };
      known.delete(read.sql);
      known.set(read.sql, of);
      await forget();
      if (read.columns.every((name) => of.copy?.columns.has(name) === true) && of.copy !== undefined) return used(of);
      for (const name of read.columns) of.columns.set(name, (of.columns.get(name) ?? 0) + 1);
      const isWorth = read.columns.every((name) => (of.columns.get(name) ?? 0) >= WORTH_A_COPY);
      return isWorth ? await make(of, read) : undefined;
    },
    nextQuery: () => inUse.clear(),
    clear: async () => {
      for (const of of known.values()) await drop(of);
      known.clear();
      inUse.clear();
    },
  };
}

async function tableBytes(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll(
    "select memory_usage_bytes + temporary_storage_bytes from duckdb_memory() where tag = 'IN_MEMORY_TABLE'",
  );
  return Number(reader.getRows()[0]?.[0] ?? 0);
}
