import {
  type CompiledQuery,
  type CompileOptions,
  type Diagnostic,
  type Discovered,
  type Discovery,
  diagnostic,
  type HostFunction,
  hostFunction,
  placeOfAddress,
  span,
  sqlOf,
} from "@goshawk/kql";
import type { AnswerHead, AnswerPiece, QueryOutcome, QueryRequest, TableReading } from "../backend.ts";
import { BackendError } from "../error.ts";
import type { Cell, ResultTable } from "../result.ts";
import { Compiler, MOST_NAMES } from "./compiler.ts";
import { damageText } from "./damage.ts";
import { type Database, type DuckDBConnection, openDatabase } from "./database.ts";
import { decode } from "./decode.ts";
import { backendError, orRefused, type Refused } from "./failure.ts";
import { registerHostFunctions } from "./hostFunctions.ts";
import type { LocateAddress, SessionOptions, StoredTableLayout } from "./layouts.ts";
import { StoredTables } from "./storedTables.ts";
import type { ValueTable } from "./valueTables.ts";

const INTERRUPT_AGAIN_MS = 50;

/** An embedded engine over one snapshot of stored tables. */
export class Session {
  readonly #database: Database;
  readonly #connection: DuckDBConnection;
  readonly #stored: StoredTables;
  readonly #compiler: Compiler;
  /** The newest event of the query before: most likely that of the next one, too, so that it need be compiled but once. */
  #guess = 0n;

  private constructor(database: Database, connection: DuckDBConnection, options: SessionOptions) {
    this.#database = database;
    this.#connection = connection;
    this.#stored = new StoredTables(options, connection);
    this.#compiler = new Compiler(options, this.#stored, connection);
  }

  static async open(options: SessionOptions): Promise<Session> {
    const database = await openDatabase(options);
    const connection = await database.connect();
    registerHostFunctions(
      connection,
      options.locateAddress === undefined ? [] : [placeFunction(options.locateAddress)],
    );
    const session = new Session(database, connection, options);
    for (const table of options.supplied ?? []) await session.#compiler.supply(table);
    return session;
  }

  close(): void {
    this.#connection.closeSync();
    this.#database.close();
  }

  /** Queries from now on see these tables in place of those before. */
  async useTables(tables: readonly StoredTableLayout[]): Promise<void> {
    this.#compiler.forget();
    await this.#stored.replace(tables);
  }

  /** Queries from now on read these tables from their values, whatever is stored under their names. */
  async useValues(tables: readonly ValueTable[]): Promise<void> {
    await this.#compiler.useValues(tables);
  }

  /** Stops the query that is running, if any. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  compileOptions(now: bigint): CompileOptions {
    return this.#compiler.options(now);
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
  async #prepare(request: QueryRequest): Promise<Refused | Prepared> {
    const look = (at: Discovery): Promise<Discovered | undefined> => this.#discover(at, request);
    let now = request.now === "latest" ? this.#guess : request.now;
    let compiled = await this.#compiler.compile(request, now, look);
    if (compiled.ok && request.now === "latest") {
      const { tables } = compiled.query;
      const latest = await this.#limited(request, () => this.#stored.latest(tables));
      if (latest === 0n) return { ok: false, diagnostics: [noLatest(request.text, tables)] };
      if (latest !== now) compiled = await this.#compiler.compile(request, latest, look);
      now = latest;
      this.#guess = latest;
    }
    if (!compiled.ok) return compiled;
    const queries = [compiled.query, ...compiled.more];
    const planned = await this.#limited(request, () => this.#planned(queries, request.text));
    const [query = compiled.query, ...more] = planned.queries;
    return { ok: true, query, more, now, reading: planned.reading };
  }

  /** The queries over the relations that they are to read. */
  async #planned(
    queries: readonly CompiledQuery[],
    text: string,
  ): Promise<Pick<Prepared, "reading"> & { readonly queries: readonly CompiledQuery[] }> {
    await this.#stored.begin();
    const reading: TableReading[] = [];
    const planned: CompiledQuery[] = [];
    for (const query of queries) {
      const { relations, reading: of } = await this.#stored.plan(query, text, (name) => this.#compiler.isStored(name));
      reading.push(...of);
      const smaller =
        relations.size === 0 ? {} : sqlOf(query.rel, this.compileOptions(0n), (read) => relations.get(read));
      planned.push({ ...query, ...smaller });
    }
    return { queries: planned, reading };
  }

  async #discover({ query, answer }: Discovery, request: QueryRequest): Promise<Discovered | undefined> {
    await this.#limited(request, () => this.#stored.create(query.tables));
    const { rows, truncated } = await this.#read(query, { ...request, rowLimit: MOST_NAMES });
    return truncated ? undefined : answer(rows);
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
    return damageText(message, this.#stored.filesInUse(), this.#connection);
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

/** A query that is compiled and whose relations are there. */
interface Prepared {
  readonly ok: true;
  readonly query: CompiledQuery;
  readonly more: readonly CompiledQuery[];
  readonly now: bigint;
  readonly reading: readonly TableReading[];
}

function windowOf({ earliest }: CompiledQuery): { readonly earliest?: bigint } {
  return earliest === undefined ? {} : { earliest };
}

function placeFunction(locate: LocateAddress): HostFunction {
  return hostFunction(placeOfAddress, ["VARCHAR"], "VARCHAR", (address) => locate(String(address)) ?? null);
}

function noLatest(text: string, tables: readonly string[]): Diagnostic {
  return diagnostic("no-latest-event", span(0, text.length), { tables });
}
