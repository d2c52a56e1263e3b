import {
  type CompiledQuery,
  type CompileOptions,
  type CompileResult,
  compile,
  type Diagnostic,
  type Discovered,
  type Discovery,
  diagnostic,
  type ExternalAnswer,
  type ExternalRequest,
  type HostFunction,
  hostFunction,
  InvariantError,
  neededRows,
  placeOfAddress,
  quoteIdentifier,
  type Read,
  runTimeFaultIn,
  type StoredFunction,
  span,
  sqlOf,
  type TableLayout,
  type TableSchema,
} from "@goshawk/kql";
import type { AnswerHead, AnswerPiece, QueryOutcome, QueryRequest, TableReading } from "../backend.ts";
import { BackendError } from "../error.ts";
import type { Cell, ResultTable } from "../result.ts";
import { damageText } from "./damage.ts";
import { type Database, type DatabaseOptions, type DuckDBConnection, openDatabase } from "./database.ts";
import { decode } from "./decode.ts";
import { eitherTime, type TimePair } from "./eitherTime.ts";
import { parquetFilesSql } from "./exactFiles.ts";
import { type ForeignRows, foreignSql } from "./foreignRows.ts";
import { registerHostFunctions } from "./hostFunctions.ts";
import type { PlannedRead, ReadPlanner } from "./readPlanner.ts";
import { type SharedReads, sharedReads } from "./sharedReads.ts";
import { type SuppliedTables, suppliedTables, type TextTable } from "./suppliedTables.ts";
import { type ValueTable, type ValueTables, valueTables } from "./valueTables.ts";

/** A column of a stored table and where it stands in its files. */
export interface StoredColumnLayout {
  readonly name: string;
  readonly type: TableSchema["columns"][number]["type"];
  readonly physical: string;
  /** Present in every file. */
  readonly complete: boolean;
}

/** A table whose rows are in Parquet files. */
export interface StoredTableLayout {
  readonly name: string;
  readonly columns: readonly StoredColumnLayout[];
  readonly files: readonly string[];
  /** The column that says when an event happened. */
  readonly eventTime?: string | undefined;
  /** The two columns of the event time, where a row may have either: each stands in for the other. */
  readonly mixedTimes?: TimePair | undefined;
  /** What is known of each file without opening it. */
  readonly segments?: readonly StoredSegmentLayout[];
  /** How to read them, where they are not of our own making. */
  readonly foreign?: ForeignRows;
}

/** A Parquet file of a stored table. */
export interface StoredSegmentLayout {
  readonly file: string;
  readonly rows: number;
  /** First and last event in ticks; null when no row has an event time. */
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
  /** Files that belong to it, such as its index. */
  readonly beside: readonly string[];
}

/** What names mean: the schemas of the catalogue and of what is stored. */
export interface Schemas {
  table(name: string): TableSchema | undefined;
  tableNames(): readonly string[];
}

export interface SessionOptions extends DatabaseOptions {
  readonly schemas: Schemas;
  readonly tables: readonly StoredTableLayout[];
  /** Tells which rows of the tables a query can do without; without it every table is read whole. */
  readonly openPlanner?: (tables: readonly StoredTableLayout[]) => ReadPlanner;
  /** Functions that queries may call as if the database kept them. */
  readonly functions?: readonly StoredFunction[];
  /** Tables from outside of the store, such as watchlists. */
  readonly supplied?: readonly TextTable[];
  /** Reads the files that `externaldata` names; without it none may be read. */
  readonly external?: ReadExternal;
  /** How many bytes of rows that several queries read are kept in memory; 0 keeps none. */
  readonly sharedBytes?: number;
  /** Tells where IP addresses are; without it no query can ask. */
  readonly locateAddress?: LocateAddress;
}

/** The place of an address as JSON text; undefined where it is not known. */
export type LocateAddress = (address: string) => string | undefined;

/** The records of a file that a query names, each with the request's columns in order; or why they can't be had. */
export type ReadExternal = (request: ExternalRequest) => Promise<ExternalRows>;

export type ExternalRows =
  | { readonly kind: "rows"; readonly rows: readonly (readonly string[])[] }
  | Extract<ExternalAnswer, { readonly kind: "absent" }>;

/** A query may name this many files at most. */
const MOST_FILES = 256;

/** A query whose columns depend on its rows is asked for them so often at most, and for so many names at a time. */
const MOST_DISCOVERIES = 64;
const MOST_NAMES = 10_000;

/** So many compiled queries are kept for the case that they come again. */
const MOST_COMPILED = 32;

const SHARED_BYTES = 256 * 2 ** 20;

const INTERRUPT_AGAIN_MS = 50;

/** An embedded engine over one snapshot of stored tables. */
export class Session {
  readonly #database: Database;
  readonly #connection: DuckDBConnection;
  readonly #options: SessionOptions;
  #stored: ReadonlyMap<string, StoredTableLayout>;
  readonly #views = new Set<string>();
  /** The stored tables that the query at hand reads, to look for damage in when it fails. */
  readonly #inUse = new Set<string>();
  readonly #supplied: SuppliedTables = suppliedTables();
  readonly #values: ValueTables = valueTables();
  readonly #compiled = new Map<string, CompileResult>();
  readonly #external = new Map<string, ExternalAnswer>();
  readonly #newest = new Map<string, bigint>();
  /** The newest event of the query before: most likely that of the next one, too, so that it need be compiled but once. */
  #guess = 0n;
  #planner: ReadPlanner | undefined;
  readonly #shared: SharedReads;
  /** Views of the query that is running. */
  #reads: readonly string[] = [];

  private constructor(database: Database, connection: DuckDBConnection, options: SessionOptions) {
    this.#database = database;
    this.#connection = connection;
    this.#options = options;
    this.#stored = new Map(options.tables.map((table) => [table.name, table]));
    this.#planner = options.openPlanner?.(options.tables);
    this.#shared = sharedReads(connection, { bytes: options.sharedBytes ?? SHARED_BYTES });
  }

  static async open(options: SessionOptions): Promise<Session> {
    const database = await openDatabase(options);
    const connection = await database.connect();
    registerHostFunctions(
      connection,
      options.locateAddress === undefined ? [] : [placeFunction(options.locateAddress)],
    );
    const session = new Session(database, connection, options);
    for (const table of options.supplied ?? []) await session.#supplied.add(table, connection);
    return session;
  }

  close(): void {
    this.#connection.closeSync();
    this.#database.close();
  }

  /** Queries from now on see these tables in place of those before. */
  async useTables(tables: readonly StoredTableLayout[]): Promise<void> {
    for (const view of this.#views) await this.#connection.run(`drop view if exists ${quoteIdentifier(view)}`);
    this.#views.clear();
    await this.#shared.clear();
    this.#compiled.clear();
    await this.#planner?.close();
    this.#planner = this.#options.openPlanner?.(tables);
    this.#stored = new Map(tables.map((table) => [table.name, table]));
    this.#newest.clear();
  }

  /** Queries from now on read these tables from their values, whatever is stored under their names. */
  async useValues(tables: readonly ValueTable[]): Promise<void> {
    await this.#values.set(tables, this.#connection);
  }

  /** Every name that means a table; files that queries name have none. */
  #tableNames(): readonly string[] {
    const { schemas, supplied = [] } = this.#options;
    const given = supplied.map((table) => table.name);
    return [...new Set([...schemas.tableNames(), ...this.#stored.keys(), ...given, ...this.#values.names()])];
  }

  /** Stops the query that is running, if any. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  compileOptions(now: bigint): CompileOptions {
    let names: readonly string[] | undefined;
    return {
      now,
      table: (name) => this.#schema(name),
      tableNames: () => {
        names ??= this.#tableNames();
        return names;
      },
      layout: (name) => this.#layout(name),
      functions: this.#options.functions ?? [],
      placesOfAddresses: this.#options.locateAddress !== undefined,
      ...(this.#options.external === undefined
        ? {}
        : { external: (request) => this.#external.get(JSON.stringify(request)) }),
    };
  }

  /** The catalogue's columns, then those that only the stored rows have. */
  #schema(name: string): TableSchema | undefined {
    const value = this.#values.schema(name);
    if (value !== undefined) return value;
    const known = this.#supplied.schema(name) ?? this.#options.schemas.table(name);
    const stored = this.#stored.get(known?.name ?? name);
    if (stored === undefined) return known;
    const names = new Set(known?.columns.map((column) => column.name));
    const more = stored.columns.filter((column) => !names.has(column.name));
    if (known !== undefined && more.length === 0) return known;
    const added = more.map((column) => ({ name: column.name, type: column.type }));
    return { ...known, name: known?.name ?? name, columns: [...(known?.columns ?? []), ...added] };
  }

  #layout(name: string): TableLayout {
    const supplied = this.#values.layout(name) ?? this.#supplied.layout(name);
    if (supplied !== undefined) return supplied;
    const stored = this.#stored.get(name);
    if (stored === undefined) return { relation: undefined, columns: new Map() };
    return {
      relation: name,
      columns: new Map(
        stored.columns.map(({ name: column, physical, complete, type }) => [
          column,
          { physical, nullable: !complete || type !== "string" },
        ]),
      ),
    };
  }

  async run(request: QueryRequest): Promise<QueryOutcome> {
    return orRefused(() => this.#answer(request));
  }

  async #answer(request: QueryRequest): Promise<QueryOutcome> {
    const started = performance.now();
    const prepared = await this.#prepare(request);
    if (!prepared.ok) return prepared;
    const { query, more: others, now } = prepared;
    const compileMs = performance.now() - started;
    const { tables, warnings, sql } = query;
    const { reading } = prepared;
    const table = await this.#read(query, request);
    const more: ResultTable[] = [];
    for (const other of others) more.push(await this.#read(other, request));
    const runMs = performance.now() - started - compileMs;
    return { ok: true, table, more, now, tables, warnings, ...windowOf(query), sql, reading, compileMs, runMs };
  }

  /** Answers piece by piece: `head` hears of the query first, then `send` of its rows, as fast as it takes them. */
  async stream(
    request: QueryRequest,
    head: (head: AnswerHead | Refused) => void,
    send: (piece: AnswerPiece, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const started = performance.now();
    const prepared = await orRefused(() => this.#prepare(request));
    if (!prepared.ok) return head(prepared);
    const { query, more, now } = prepared;
    const { tables, warnings } = query;
    const queries = [query, ...more];
    const columns = queries.map((item) => item.columns);
    const render = query.render === undefined ? {} : { render: query.render };
    const compileMs = performance.now() - started;
    head({ ok: true, columns, now, tables, warnings, ...windowOf(query), ...render, compileMs });
    await this.#limited(request, async (signal) => {
      for (const [table, item] of queries.entries()) {
        const truncated = await this.#eachChunk(item, request, (rows) => send({ kind: "rows", table, rows }, signal));
        await send({ kind: "end", table, truncated }, signal);
      }
    });
  }

  /** Lets the caller run SQL of its own around a query's, such as one that copies the answer into a file. */
  async around<T>(
    request: QueryRequest,
    work: (query: CompiledQuery, connection: DuckDBConnection) => Promise<T>,
  ): Promise<Refused | { readonly ok: true; readonly result: T }> {
    return orRefused(async () => {
      const prepared = await this.#prepare(request);
      if (!prepared.ok) return prepared;
      return { ok: true, result: await this.#limited(request, () => work(prepared.query, this.#connection)) };
    });
  }

  /** Compiles, and makes the views that the query reads. */
  async #prepare(request: QueryRequest): Promise<
    | Refused
    | {
        readonly ok: true;
        readonly query: CompiledQuery;
        readonly more: readonly CompiledQuery[];
        readonly now: bigint;
        readonly reading: readonly TableReading[];
      }
  > {
    let now = request.now === "latest" ? this.#guess : request.now;
    let compiled = await this.#compile(request, now);
    if (compiled.ok && request.now === "latest") {
      const { tables } = compiled.query;
      const latest = await this.#limited(request, () => this.#latest(tables));
      if (latest === 0n) return { ok: false, diagnostics: [noLatest(request.text, compiled.query.tables)] };
      if (latest !== now) compiled = await this.#compile(request, latest);
      now = latest;
      this.#guess = latest;
    }
    if (!compiled.ok) return compiled;
    const planned = await this.#limited(request, () =>
      this.#planReads([compiled.query, ...compiled.more], request.text),
    );
    const [query = compiled.query, ...more] = planned.queries;
    return { ok: true, query, more, now, reading: planned.reading };
  }

  /** Gives reads that need few of their table's rows relations of their own, and makes the views for the others. */
  async #planReads(queries: readonly CompiledQuery[], text: string): Promise<PlannedQueries> {
    for (const view of this.#reads) await this.#connection.run(`drop view if exists ${quoteIdentifier(view)}`);
    this.#reads = [];
    this.#inUse.clear();
    this.#shared.nextQuery();
    const reading: TableReading[] = [];
    const planned: CompiledQuery[] = [];
    for (const query of queries) {
      const needed = neededRows(query.rel).filter(({ read }) => this.#isStored(read.table));
      for (const { read } of needed) this.#inUse.add(read.table);
      const own = needed.filter(({ read }) => this.#stored.get(read.table)?.foreign === undefined);
      const plans = (await this.#planner?.plan(own, text, this.#connection)) ?? [];
      const relations = new Map<Read, string>();
      for (const rows of needed) {
        const { columns, foreign } = this.#stored.get(rows.read.table) ?? {};
        if (columns === undefined || foreign === undefined) continue;
        relations.set(rows.read, await this.#createRead(foreignSql(foreign, columns, rows)));
      }
      for (const plan of plans) {
        reading.push(plan.reading);
        const relation =
          (await this.#share(plan)) ?? (plan.sql === undefined ? undefined : await this.#createRead(plan.sql));
        if (relation !== undefined) relations.set(plan.read, relation);
      }
      const whole = needed.flatMap(({ read }) => (relations.has(read) ? [] : [read.table]));
      await this.#createViews([...new Set(whole)]);
      const smaller =
        relations.size === 0 ? {} : sqlOf(query.rel, this.compileOptions(0n), (read) => relations.get(read));
      planned.push({ ...query, ...smaller });
    }
    return { queries: planned, reading };
  }

  /** Whether a name means stored rows; values and supplied tables come before them. */
  #isStored(name: string): boolean {
    return this.#stored.has(name) && (this.#values.layout(name) ?? this.#supplied.layout(name)) === undefined;
  }

  /** A copy of what is read in memory, where earlier queries have read the same. */
  async #share({ read, sql, rows }: PlannedRead): Promise<string | undefined> {
    if (sql === undefined) await this.#createViews([read.table]);
    const { columns } = this.#layout(read.table);
    return await this.#shared.relation({
      sql: sql ?? `select * from ${quoteIdentifier(read.table)}`,
      columns: [...new Set([...read.columns, ...read.hidden].flatMap(({ name }) => columns.get(name)?.physical ?? []))],
      rows,
    });
  }

  async #createRead(sql: string): Promise<string> {
    const name = `read:${this.#reads.length + 1}`;
    await this.#connection.run(`create or replace temp view ${quoteIdentifier(name)} as ${sql}`);
    this.#reads = [...this.#reads, name];
    return name;
  }

  /** Compiles; where columns depend on the rows, or a file must be read, does that first and compiles again. */
  async #compile(request: QueryRequest, now: bigint): Promise<CompileResult> {
    const { parameters, scope, asBound = false } = request;
    const shape = parameters === undefined && scope === undefined && !asBound ? this.#values.shape() : "";
    const key = `${now} ${shape}\n${request.text}`;
    const known = shape === "" ? undefined : this.#compiled.get(key);
    if (known !== undefined) return known;
    const options: CompileOptions = {
      ...this.compileOptions(now),
      asBound,
      ...(parameters === undefined ? {} : { parameters }),
      ...(scope === undefined ? {} : { scope }),
    };
    const discovered: Discovered[] = [];
    let compiled = compile(request.text, options);
    if (shape !== "" && compiled.ok) this.#remember(key, compiled);
    for (let files = 0; !compiled.ok && (compiled.discovery ?? compiled.external) !== undefined; ) {
      if (discovered.length >= MOST_DISCOVERIES || files >= MOST_FILES) break;
      if (compiled.external !== undefined) {
        await this.#fetch(compiled.external);
        files++;
      } else if (compiled.discovery !== undefined) discovered.push(await this.#discover(compiled.discovery, request));
      compiled = compile(request.text, { ...options, discovered });
    }
    return compiled;
  }

  /** Over values, the same query runs again and again: its plan depends on their columns alone. */
  #remember(key: string, compiled: CompileResult): void {
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size >= MOST_COMPILED && oldest !== undefined) this.#compiled.delete(oldest);
    this.#compiled.set(key, compiled);
  }

  async #discover({ query, answer }: Discovery, request: QueryRequest): Promise<Discovered> {
    await this.#limited(request, () => this.#createViews(query.tables));
    const { rows } = await this.#read(query, { ...request, rowLimit: MOST_NAMES });
    return answer(rows);
  }

  /** Files are read once in a session's life. */
  async #fetch(request: ExternalRequest): Promise<void> {
    const key = JSON.stringify(request);
    const found = await this.#options.external?.(request);
    if (found === undefined) throw new InvariantError("a file was asked for where none may be read");
    if (found.kind === "absent") {
      this.#external.set(key, found);
      return;
    }
    const table = `externaldata ${key}`;
    const columns = request.columns.map((column) => column.name);
    await this.#supplied.add({ name: table, columns, rows: found.rows }, this.#connection);
    this.#external.set(key, { kind: "table", table });
  }

  /** Views make table names plain identifiers in the SQL; only those that a query reads are made. */
  async #createViews(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const stored = this.#stored.get(name);
      if (stored === undefined || this.#views.has(name)) continue;
      const rows =
        stored.foreign?.select ??
        eitherTime(`select * from ${parquetFilesSql(stored.files, "union_by_name = true")}`, stored.mixedTimes);
      this.#inUse.add(name);
      await this.#connection.run(`create or replace view ${quoteIdentifier(name)} as ${rows}`);
      this.#views.add(name);
    }
  }

  async #latest(names: readonly string[]): Promise<bigint> {
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
    const stored = this.#stored.get(name);
    // Other people's files come without facts about each.
    const known = stored?.eventTime === undefined ? [] : (stored.segments ?? []);
    if (known.length > 0)
      return known.reduce((most, { lastEvent }) => (lastEvent !== null && lastEvent > most ? lastEvent : most), 0n);
    const time = stored?.columns.find((column) => column.name === "Timestamp" || column.name === "TimeGenerated");
    if (stored === undefined || time === undefined) return 0n;
    await this.#createViews([name]);
    const reader = await this.#connection.runAndReadAll(
      `select max(${quoteIdentifier(time.physical)}) from ${quoteIdentifier(name)}`,
    );
    const [found] = reader.getRows()[0] ?? [];
    return typeof found === "bigint" ? found : 0n;
  }

  async #read(query: CompiledQuery, request: QueryRequest): Promise<ResultTable> {
    const rows: (readonly Cell[])[] = [];
    const truncated = await this.#limited(request, () =>
      this.#eachChunk(query, request, (chunk) => {
        rows.push(...chunk);
      }),
    );
    return { columns: query.columns, rows, truncated };
  }

  /** Hands on the rows in chunks; true when rows beyond the limit were left out. */
  async #eachChunk(
    query: CompiledQuery,
    request: QueryRequest,
    take: (rows: readonly (readonly Cell[])[]) => void | Promise<void>,
  ): Promise<boolean> {
    const result = await this.#connection.stream(query.sql, [...query.parameters]);
    let left = request.rowLimit ?? Number.POSITIVE_INFINITY;
    for await (const chunk of result.yieldRows()) {
      const kept = chunk.length > left ? chunk.slice(0, left) : chunk;
      if (kept.length > 0)
        await take(kept.map((row) => query.columns.map((column, at) => decode(row[at] ?? null, column.type))));
      if (chunk.length > left) return true;
      left -= kept.length;
    }
    return false;
  }

  /** The name of the file that a failure is the cause of, in words; undefined for any other failure. */
  async #damageIn({ kind, message, diagnostic: fault }: BackendError): Promise<string | undefined> {
    if (kind !== "failed" || fault !== undefined) return undefined;
    const files = [...this.#inUse].flatMap((name) => this.#stored.get(name)?.files ?? []);
    return damageText(message, files, this.#connection);
  }

  /** Runs `work` within the request's time, and words what goes wrong. */
  async #limited<T>(request: QueryRequest, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const expired = new AbortController();
    // An interrupt between two steps of a query is lost, hence again and again.
    const stop = (): void => {
      expired.abort();
      this.interrupt();
      timer = setTimeout(stop, INTERRUPT_AGAIN_MS);
    };
    let timer = request.timeoutMs === undefined ? undefined : setTimeout(stop, request.timeoutMs);
    const worded = (cause: unknown): BackendError =>
      cause instanceof BackendError ? cause : backendError(cause, expired.signal.aborted, request.timeoutMs);
    try {
      return await work(expired.signal);
    } catch (cause) {
      const error = worded(cause);
      const damage = await this.#damageIn(error).catch((interrupt) => {
        throw worded(interrupt);
      });
      throw damage === undefined ? error : new BackendError("failed", damage, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

type Refused = Extract<QueryOutcome, { readonly ok: false }>;

/** What the query raised itself is an answer about it, not a failure of the engine. */
async function orRefused<T>(work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BackendError) || error.diagnostic === undefined) throw error;
    return { ok: false, diagnostics: [error.diagnostic] };
  }
}

function windowOf({ earliest }: CompiledQuery): { readonly earliest?: bigint } {
  return earliest === undefined ? {} : { earliest };
}

interface PlannedQueries {
  readonly queries: readonly CompiledQuery[];
  readonly reading: readonly TableReading[];
}

function placeFunction(locate: LocateAddress): HostFunction {
  return hostFunction(placeOfAddress, ["VARCHAR"], "VARCHAR", (address) => locate(String(address)) ?? null);
}

function noLatest(text: string, tables: readonly string[]): Diagnostic {
  return diagnostic("no-latest-event", span(0, text.length), { tables });
}

function backendError(cause: unknown, timedOut: boolean, timeoutMs: number | undefined): BackendError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (timedOut)
    return new BackendError("timeout", `The query ran longer than ${timeoutMs} ms and was stopped.`, { cause });
  if (/INTERRUPT/i.test(message)) return new BackendError("cancelled", "The query was cancelled.", { cause });
  if (/Out of Memory/i.test(message))
    return new BackendError("memory", "The query needs more memory than it may use.", { cause, retry: true });
  const fault = runTimeFaultIn(message);
  return new BackendError("failed", fault?.message ?? message, { cause, diagnostic: fault });
}
