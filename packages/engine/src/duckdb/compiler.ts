import {
  type CompileOptions,
  type CompileResult,
  compile,
  type Discovered,
  type Discovery,
  diagnostic,
  type ExternalAnswer,
  type ExternalRequest,
  InvariantError,
  type TableLayout,
  type TableSchema,
} from "@goshawk/kql";
import type { QueryRequest } from "../backend.ts";
import type { DuckDBConnection } from "./database.ts";
import type { SessionOptions } from "./layouts.ts";
import type { StoredTables } from "./storedTables.ts";
import { type SuppliedTables, suppliedTables, type TextTable } from "./suppliedTables.ts";
import { type ValueTable, type ValueTables, valueTables } from "./valueTables.ts";

/** A query may name this many files at most. */
const MOST_FILES = 256;

/** A query whose columns depend on its rows is asked for them so often at most, and for so many names at a time. */
const MOST_DISCOVERIES = 64;
export const MOST_NAMES = 10_000;

/** So many compiled queries are kept for the case that they come again. */
const MOST_COMPILED = 32;

/** What names mean to queries, and queries as SQL. */
export class Compiler {
  readonly #connection: DuckDBConnection;
  readonly #options: SessionOptions;
  readonly #stored: StoredTables;
  readonly #supplied: SuppliedTables = suppliedTables();
  readonly #values: ValueTables = valueTables();
  readonly #compiled = new Map<string, CompileResult>();
  readonly #external = new Map<string, ExternalAnswer>();

  constructor(options: SessionOptions, stored: StoredTables, connection: DuckDBConnection) {
    this.#connection = connection;
    this.#options = options;
    this.#stored = stored;
  }

  async supply(table: TextTable): Promise<void> {
    await this.#supplied.add(table, this.#connection);
  }

  /** Queries from now on read these tables from their values, whatever is stored under their names. */
  async useValues(tables: readonly ValueTable[]): Promise<void> {
    await this.#values.set(tables, this.#connection);
  }

  /** Forgets the plans of queries that it compiled: tables have changed. */
  forget(): void {
    this.#compiled.clear();
  }

  /** Whether a name means stored rows; values and supplied tables come before them. */
  isStored(name: string): boolean {
    const other = this.#values.layout(name) ?? this.#supplied.layout(name);
    return other === undefined && this.#stored.get(name) !== undefined;
  }

  /** Every name that means a table; files that queries name have none. */
  #tableNames(): readonly string[] {
    const { schemas, supplied = [] } = this.#options;
    const given = supplied.map((table) => table.name);
    return [...new Set([...schemas.tableNames(), ...this.#stored.names(), ...given, ...this.#values.names()])];
  }

  options(now: bigint): CompileOptions {
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

  /**
   * Compiles; where columns depend on the rows, or a file must be read, does that first and compiles again. `look`
   * answers undefined where the rows give too many names.
   */
  async compile(
    request: QueryRequest,
    now: bigint,
    look: (at: Discovery) => Promise<Discovered | undefined>,
  ): Promise<CompileResult> {
    const { parameters, scope, asBound = false } = request;
    const shape = parameters === undefined && scope === undefined && !asBound ? this.#values.shape() : "";
    const key = `${now} ${shape}\n${request.text}`;
    const known = shape === "" ? undefined : this.#compiled.get(key);
    if (known !== undefined) return known;
    const options: CompileOptions = {
      ...this.options(now),
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
      } else if (compiled.discovery !== undefined) {
        const found = await look(compiled.discovery);
        if (found === undefined) return tooManyNames(compiled);
        discovered.push(found);
      }
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
}

function tooManyNames({ diagnostics }: Extract<CompileResult, { readonly ok: false }>): CompileResult {
  const what = `The rows give more than ${MOST_NAMES} names of columns.`;
  const next = "Keep fewer rows, or write the columns out after the call, e.g. : (*, a: long).";
  return { ok: false, diagnostics: diagnostics.map(({ span }) => diagnostic("too-much", span, { what, next })) };
}
