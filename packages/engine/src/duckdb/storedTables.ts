import { type CompiledQuery, type NeededRows, neededRows, quoteIdentifier, type Read } from "@goshawk/kql";
import type { TableReading } from "../backend.ts";
import type { DuckDBConnection } from "./database.ts";
import { eitherTime } from "./eitherTime.ts";
import { parquetFilesSql } from "./exactFiles.ts";
import { foreignSql } from "./foreignRows.ts";
import type { SessionOptions, StoredTableLayout } from "./layouts.ts";
import type { PlannedRead, ReadPlanner } from "./readPlanner.ts";
import { type SharedReads, sharedReads } from "./sharedReads.ts";

const SHARED_BYTES = 256 * 2 ** 20;

/** Where the reads of a query find their rows, and how much of each table that is. */
export interface PlannedReads {
  /** Only of reads that have a relation of their own. */
  readonly relations: ReadonlyMap<Read, string>;
  readonly reading: readonly TableReading[];
}

type StoredTablesOptions = Pick<SessionOptions, "tables" | "openPlanner" | "sharedBytes">;

/** The stored tables as relations of one connection: a view for each that is read whole, one for each smaller read. */
export class StoredTables {
  readonly #connection: DuckDBConnection;
  readonly #openPlanner: SessionOptions["openPlanner"];
  #tables: ReadonlyMap<string, StoredTableLayout>;
  #planner: ReadPlanner | undefined;
  readonly #shared: SharedReads;
  readonly #views = new Set<string>();
  readonly #newest = new Map<string, bigint>();
  /** The tables that the query at hand reads, to look for damage in when it fails. */
  readonly #inUse = new Set<string>();
  /** Views of the query that is running. */
  #reads: readonly string[] = [];

  constructor({ tables, openPlanner, sharedBytes = SHARED_BYTES }: StoredTablesOptions, connection: DuckDBConnection) {
    this.#connection = connection;
    this.#openPlanner = openPlanner;
    this.#tables = byName(tables);
    this.#planner = openPlanner?.(tables);
    this.#shared = sharedReads(connection, { bytes: sharedBytes });
  }

  /** These tables in the place of those before. */
  async replace(tables: readonly StoredTableLayout[]): Promise<void> {
    for (const view of this.#views) await this.#connection.run(`drop view if exists ${quoteIdentifier(view)}`);
    this.#views.clear();
    await this.#shared.clear();
    await this.#planner?.close();
    this.#planner = this.#openPlanner?.(tables);
    this.#tables = byName(tables);
    this.#newest.clear();
  }

  get(name: string): StoredTableLayout | undefined {
    return this.#tables.get(name);
  }

  names(): readonly string[] {
    return [...this.#tables.keys()];
  }

  /** The files of the tables that the query at hand reads. */
  filesInUse(): readonly string[] {
    return [...this.#inUse].flatMap((name) => this.#tables.get(name)?.files ?? []);
  }

  /** Forgets the reads of the query before. */
  async begin(): Promise<void> {
    for (const view of this.#reads) await this.#connection.run(`drop view if exists ${quoteIdentifier(view)}`);
    this.#reads = [];
    this.#inUse.clear();
    this.#shared.nextQuery();
  }

  /** Gives reads that need few of their table's rows relations of their own, and makes the views for the others. */
  async plan({ rel }: CompiledQuery, text: string, isStored: (table: string) => boolean): Promise<PlannedReads> {
    const needed = neededRows(rel).filter(({ read }) => isStored(read.table));
    for (const { read } of needed) this.#inUse.add(read.table);
    const relations = new Map<Read, string>();
    const own: NeededRows[] = [];
    for (const rows of needed) {
      const { columns, foreign } = this.#tables.get(rows.read.table) ?? {};
      if (columns === undefined || foreign === undefined) own.push(rows);
      else relations.set(rows.read, await this.#createRead(foreignSql(foreign, columns, rows)));
    }
    const reading: TableReading[] = [];
    for (const plan of (await this.#planner?.plan(own, text, this.#connection)) ?? []) {
      reading.push(plan.reading);
      const relation =
        (await this.#share(plan)) ?? (plan.sql === undefined ? undefined : await this.#createRead(plan.sql));
      if (relation !== undefined) relations.set(plan.read, relation);
    }
    const whole = needed.flatMap(({ read }) => (relations.has(read) ? [] : [read.table]));
    await this.create([...new Set(whole)]);
    return { relations, reading };
  }

  /** A copy of what is read in memory, where earlier queries have read the same. */
  async #share({ read, sql, rows }: PlannedRead): Promise<string | undefined> {
    if (sql === undefined) await this.create([read.table]);
    const stored = this.#tables.get(read.table)?.columns ?? [];
    const physical = new Map(stored.map((column) => [column.name, column.physical]));
    return await this.#shared.relation({
      sql: sql ?? `select * from ${quoteIdentifier(read.table)}`,
      columns: [...new Set([...read.columns, ...read.hidden].flatMap(({ name }) => physical.get(name) ?? []))],
      rows,
    });
  }

  async #createRead(sql: string): Promise<string> {
    const name = `read:${this.#reads.length + 1}`;
    await this.#connection.run(`create or replace temp view ${quoteIdentifier(name)} as ${sql}`);
    this.#reads = [...this.#reads, name];
    return name;
  }

  /** Views make table names plain identifiers in the SQL; only those that a query reads are made. */
  async create(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const stored = this.#tables.get(name);
      if (stored === undefined || this.#views.has(name)) continue;
      const rows =
        stored.foreign?.select ??
        eitherTime(`select * from ${parquetFilesSql(stored.files, "union_by_name = true")}`, stored.mixedTimes);
      this.#inUse.add(name);
      await this.#connection.run(`create or replace view ${quoteIdentifier(name)} as ${rows}`);
      this.#views.add(name);
    }
  }

  /** The newest event of some tables, in ticks; 0 where they have none. */
  async latest(names: readonly string[]): Promise<bigint> {
    let latest = 0n;
    for (const name of names) {
      const newest = this.#newest.get(name) ?? (await this.#newestIn(name));
      this.#newest.set(name, newest);
      if (newest > latest) latest = newest;
    }
    return latest;
  }

  /** The newest event of a stored table; 0 where it has none. */
  async #newestIn(name: string): Promise<bigint> {
    const stored = this.#tables.get(name);
    // Other people's files come without facts about each.
    const known = stored?.eventTime === undefined ? [] : (stored.segments ?? []);
    if (known.length > 0)
      return known.reduce((most, { lastEvent }) => (lastEvent !== null && lastEvent > most ? lastEvent : most), 0n);
    const time = stored?.columns.find((column) => column.name === "Timestamp" || column.name === "TimeGenerated");
    if (stored === undefined || time === undefined) return 0n;
    await this.create([name]);
    const reader = await this.#connection.runAndReadAll(
      `select max(${quoteIdentifier(time.physical)}) from ${quoteIdentifier(name)}`,
    );
    const [found] = reader.getRows()[0] ?? [];
    return typeof found === "bigint" ? found : 0n;
  }
}

function byName(tables: readonly StoredTableLayout[]): ReadonlyMap<string, StoredTableLayout> {
  return new Map(tables.map((table) => [table.name, table]));
}
