import { type BindContext, type Binding, environment, type Render, type TimeScope } from "./bind/context.ts";
import { oneRow } from "./bind/operators/values.ts";
import { type ExternalAnswer, ExternalNeeded, type ExternalRequest } from "./bind/outside/externalRequest.ts";
import { bindScalar } from "./bind/scalar.ts";
import { bindBlock, bindStatements } from "./bind/statement.ts";
import { storedFunction } from "./bind/storedFunctions.ts";
import { bindPipeline, bindTabular, noTable } from "./bind/tabular.ts";
import { teach } from "./bind/teach.ts";
import { withCustomTables } from "./customTables.ts";
import { type Diagnostic, diagnostic, InvariantError, Refusal, refuse } from "./diagnostics/diagnostic.ts";
import { span } from "./diagnostics/span.ts";
import { type Discovered, DiscoveryNeeded, type DiscoveryRequest, groupFound } from "./discovery.ts";
import { functionNames } from "./functions/registry.ts";
import { project } from "./ir/build.ts";
import type { Read, Rel } from "./ir/rel.ts";
import { earliestAllowed } from "./ir/timeBounds.ts";
import { childrenOf } from "./ir/walk.ts";
import { cutDecimals, needsLongDecimals } from "./lower/longDecimals.ts";
import { lowerQuery } from "./lower/query.ts";
import type { TableLayout } from "./lower/rel.ts";
import { isWatchlist, openColumn, openWatchlists, tablesLacking, withOpenColumns } from "./openColumns.ts";
import { parseQuery } from "./parseQuery.ts";
import { rewrite } from "./rewrite/passes.ts";
import { restartNames } from "./sql/build.ts";
import { duckdb, duckdbOfLongDecimals } from "./sql/dialect.ts";
import { printQuery } from "./sql/print.ts";
import { symbolsFor } from "./symbols.ts";
import type { DatabaseSymbols, StoredFunction } from "./syntax/globals.ts";
import { withStraightQuotes } from "./syntax/straightQuotes.ts";
import { list, type Syntax } from "./syntax/tree.ts";
import { KEPT_OF_LONG } from "./values/decimal.ts";
import type { ColumnSchema, TableSchema } from "./values/schema.ts";

/** What a query may refer to, and what its clock says. */
export interface CompileOptions {
  /** `now()`, in ticks of 100 ns since 0001-01-01 UTC. */
  readonly now: bigint;
  table(name: string): (TableSchema & { readonly open?: boolean; readonly assumed?: boolean }) | undefined;
  tableNames(): readonly string[];
  layout(table: string): TableLayout;
  readonly functions?: readonly StoredFunction[];
  /** Answers to the discoveries that earlier calls of `compile` asked for. */
  readonly discovered?: readonly Discovered[];
  /** Values for what the query declares by `declare query_parameters`, as the caller writes them. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** Every stored table is read as if it held the rows of this time only. */
  readonly scope?: TimeScope;
  /** The engine has a database that tells where IP addresses are. */
  readonly placesOfAddresses?: boolean;
  /** The rows of a file that `externaldata` names; undefined where they must be fetched first. */
  external?(request: ExternalRequest): ExternalAnswer | undefined;
  /** Called with the bound tree, before anything is made of it. */
  readonly onParsed?: (root: Syntax) => void;
  /** Leave the plan as it was bound: for tests, which compare its rows with those of the rewritten plan. */
  readonly asBound?: boolean;
  /** Called as each phase begins, so that one may see where the time goes. */
  readonly onPhase?: (phase: CompilePhase) => void;
}

/** What a compilation does; `parse` binds names and types by the official binder as well. */
type CompilePhase = "symbols" | "parse" | "convert" | "bind" | "rewrite" | "lower" | "print";

/** A query ready to run. */
export interface CompiledQuery {
  readonly sql: string;
  /** The values of `$1`, `$2`, …, all text. */
  readonly parameters: readonly string[];
  readonly columns: readonly ColumnSchema[];
  /** Stored and catalogued tables that it reads. */
  readonly tables: readonly string[];
  readonly warnings: readonly string[];
  /** The earliest event, in ticks, that its filters let through; absent where they set no such bound. */
  readonly earliest?: bigint;
  /** How its `render` wants the rows shown. */
  readonly render?: Render;
  readonly rel: Rel;
}

export type CompileResult =
  | { readonly ok: true; readonly query: CompiledQuery; readonly more: readonly CompiledQuery[] }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      readonly discovery?: Discovery;
      /** What `options.external` must be able to answer before the query can be compiled. */
      readonly external?: ExternalRequest;
    };

/** A query to run first: its rows of names tell the columns, and `compile` goes on with the answer. */
export interface Discovery {
  readonly query: CompiledQuery;
  answer(rows: readonly (readonly unknown[])[]): Discovered;
}

const MOST_OPEN_COLUMNS = 64;

/** KQL text to SQL: parse, bind, rewrite, lower, print. Columns that open tables lack are found one after another. */
export function compile(written: string, options: CompileOptions): CompileResult {
  const straight = withStraightQuotes(written);
  const text = straight ?? written;
  const added: ColumnSchema[] = [];
  const absent: string[] = [];
  const warnings: string[] = [];
  if (straight !== undefined) warnings.push("Curved quotation marks were read as straight ones.");
  const reach = withCustomTables(text, options);
  for (;;) {
    const result = compileOnce(text, withOpenColumns(reach, added), { warnings, absent });
    if (!("lacking" in result)) return result;
    const { lacking, symbols, diagnostics } = result;
    if (!absent.includes(lacking) && hasUnlisted(options) && absent.length < MOST_OPEN_COLUMNS) {
      absent.push(lacking);
      warnings.push(`No row has the property '${lacking}'; it is null everywhere.`);
      continue;
    }
    const tables = tablesLacking(
      lacking,
      [...symbols.tables.map((item) => item.schema), ...openWatchlists(text, options)],
      options.layout,
    );
    if (tables.length === 0 || added.length >= MOST_OPEN_COLUMNS) return { ok: false, diagnostics };
    added.push(tables.every(isWatchlist) ? { name: lacking, type: "string" } : openColumn(lacking));
    if (lacking !== "Type")
      warnings.push(`No row of ${tables.join(", ")} has the column '${lacking}'; it is null everywhere.`);
  }
}

/** Whether a look at rows told columns of which no schema clause tells the official binder. */
function hasUnlisted({ discovered = [] }: CompileOptions): boolean {
  return discovered.some((item) => item.schemaAt === undefined);
}

/** A refusal for a name that may be a column of an open table. */
interface Lacking {
  readonly ok: false;
  readonly lacking: string;
  readonly symbols: DatabaseSymbols;
  readonly diagnostics: readonly Diagnostic[];
}

/** What earlier attempts found out. */
interface Learnt {
  readonly warnings: readonly string[];
  readonly absent: readonly string[];
}

function compileOnce(text: string, options: CompileOptions, learnt: Learnt): CompileResult | Lacking {
  options.onPhase?.("symbols");
  const symbols = symbolsFor(text, options);
  const { parsed, errors, absent } = parseQuery(text, symbols, options.discovered ?? [], options.onPhase);
  options.onParsed?.(parsed.root);
  if (errors.length > 0) {
    const known = { tables: () => options.tableNames(), functions: functionNames };
    return { ok: false, diagnostics: errors.map((item) => teach(item, text, parsed.root, known)) };
  }
  try {
    options.onPhase?.("bind");
    const tables = new Set<string>();
    const missing = absent.map((name) => `No row has the property '${name}'; it is null everywhere.`);
    const warnings = [...learnt.warnings, ...missing];
    const searched = symbols.tables.map((table) => table.name);
    const further: Rel[] = [];
    const renders: Render[] = [];
    const functions = new Map(symbols.functions.map((item) => [item.name, item]));
    const context = bindContext(text, options, {
      absent: learnt.absent,
      functions,
      searched,
      tables,
      warnings,
      further,
      renders,
    });
    const results = bindStatements(list(parsed.root, "Statements"), environment(), context);
    const shown: readonly Binding[] = [...results, ...further.map((rel): Binding => ({ kind: "tabular", rel }))];
    const rels = shown.map((result) => asTable(result, context));
    for (const rel of rels) checkDecimals(rel, context);
    const queries = rels.map((rel) => finish(rel, options, tables, warnings));
    const [query, ...more] = queries;
    if (query === undefined) return { ok: false, diagnostics: [diagnostic("empty-query", span(0, text.length), {})] };
    const render = renders.at(-1);
    return { ok: true, query: render === undefined ? query : { ...query, render }, more };
  } catch (error) {
    if (error instanceof Refusal) return refused(error, symbols);
    if (error instanceof ExternalNeeded) return { ok: false, diagnostics: [], external: error.request };
    if (error instanceof DiscoveryNeeded) return askRows(error.request, options);
    throw error;
  }
}

/** Versions take so many digits that other decimals of the query have few left after their point. */
function checkDecimals(rel: Rel, context: BindContext): void {
  const cut = cutDecimals(rel);
  if (cut?.literal !== undefined)
    refuse("unsupported-syntax", cut.literal.at.origin, {
      construct: `The literal ${cut.literal.text} beside parse_version()`,
      reason: `decimals keep ${KEPT_OF_LONG.after} digits after the point in such a query, and more would be lost`,
    });
  if (cut?.computed === true)
    context.noteWarning(`Decimals keep ${KEPT_OF_LONG.after} digits after the point in a query with parse_version().`);
}

function refused({ diagnostic: found, subject }: Refusal, symbols: DatabaseSymbols): CompileResult | Lacking {
  const refusal = { ok: false, diagnostics: [found] } as const;
  return found.code === "unknown-column" && subject !== undefined ? { ...refusal, lacking: subject, symbols } : refusal;
}

function externalAnswer(request: ExternalRequest, options: CompileOptions): ExternalAnswer {
  if (options.external === undefined)
    return {
      kind: "absent",
      reason: "no files outside of the store may be read",
      next: "Name their folder with --external.",
    };
  const answer = options.external(request);
  if (answer === undefined) throw new ExternalNeeded(request);
  return answer;
}

/** What must be run before the query can be compiled again with its answer. */
function askRows(request: DiscoveryRequest, options: CompileOptions): CompileResult {
  const { at, occurrence, schemaAt } = request;
  const tables = new Set<string>();
  const visit = (rel: Rel): void => {
    if (rel.kind === "read") tables.add(rel.table);
    for (const inner of childrenOf(rel)) visit(inner);
  };
  visit(request.query);
  return {
    ok: false,
    diagnostics: [request.diagnostic],
    discovery: {
      query: finish(request.query, options, tables, []),
      answer: (rows) => {
        const found = groupFound(rows);
        return { at, occurrence, schemaAt, found, columns: request.columns(found) };
      },
    },
  };
}

function finish(
  rel: Rel,
  options: CompileOptions,
  tables: ReadonlySet<string>,
  warnings: readonly string[],
): CompiledQuery {
  options.onPhase?.("rewrite");
  const rewritten = options.asBound === true ? rel : rewrite(rel);
  const earliest = earliestAllowed(rewritten);
  return {
    ...sqlOf(rewritten, options),
    columns: rewritten.columns.map(({ name, type }) => ({ name, type })),
    tables: [...tables],
    warnings: [...warnings],
    ...(earliest === undefined ? {} : { earliest }),
    rel: rewritten,
  };
}

/** The SQL of a plan; `relation` names where a read finds its rows, if not in the table's own relation. */
export function sqlOf(
  rel: Rel,
  options: Pick<CompileOptions, "layout" | "onPhase">,
  relation?: (read: Read) => string | undefined,
): Pick<CompiledQuery, "sql" | "parameters"> {
  restartNames();
  options.onPhase?.("lower");
  const lowered = lowerQuery(rel, options.layout, relation);
  options.onPhase?.("print");
  const printed = printQuery(lowered, needsLongDecimals(rel) ? duckdbOfLongDecimals : duckdb);
  return { sql: printed.text, parameters: printed.parameters };
}

function asTable(result: Binding, context: BindContext): Rel {
  if (result.kind === "tabular" && result.rel.graph !== undefined) return noTable(result.rel.origin);
  if (result.kind === "tabular") return result.rel;
  if (result.kind !== "scalar") throw new InvariantError("a query ended in a function");
  const { value } = result;
  const origin = span(0, context.text.length);
  return project(oneRow(origin), [{ column: context.newColumn("print_0", value.type, value.nullable), value }], origin);
}

/** Where no schema clause tells the official binder of them, properties that no row has are columns of their own here. */
function withAbsent(found: Discovered | undefined, absent: readonly string[]): Discovered | undefined {
  if (found === undefined || found.schemaAt !== undefined) return found;
  const more = absent.filter((name) => !found.columns.some((column) => column.name === name));
  return { ...found, columns: [...found.columns, ...more.map((name): ColumnSchema => ({ name, type: "dynamic" }))] };
}

/** What binding notes on its way, and what it may look into. */
interface Notes {
  /** Properties that stored functions read and no row has. */
  readonly absent: readonly string[];
  readonly functions: ReadonlyMap<string, StoredFunction>;
  readonly searched: readonly string[];
  readonly tables: Set<string>;
  readonly warnings: string[];
  readonly further: Rel[];
  readonly renders: Render[];
}

function bindContext(text: string, options: CompileOptions, notes: Notes): BindContext {
  let lastId = 0;
  let depth = 0;
  let choosy = 0;
  const bindings = new Map<number, number>();
  const context: BindContext = {
    text,
    now: options.now,
    table: (name) => {
      const found = options.table(name);
      // What a stored function may read is still no name of the query itself.
      return (choosy > 0 || depth === 0) && found?.assumed === true ? undefined : found;
    },
    tableNames: () => options.tableNames(),
    searchedTables: () => notes.searched.filter((name) => context.table(name) !== undefined),
    newColumn: (name, type, nullable) => ({ id: ++lastId, name, type, nullable }),
    scalar: (node, scope) => bindScalar(node, scope),
    tabular: (node, env) => bindTabular(node, env, context),
    pipeline: (node, input, env) => bindPipeline(node, input, env, context),
    block: (node, env) => bindBlock(node, env, context),
    storedFunction: (name) => {
      const found = notes.functions.get(name);
      return found === undefined ? undefined : storedFunction(found);
    },
    discovered: (at) => {
      const occurrence = bindings.get(at) ?? 0;
      bindings.set(at, occurrence + 1);
      const here = (options.discovered ?? []).filter((item) => item.at === at);
      const found = here.find((item) => item.occurrence === occurrence);
      const inserted = here.some((item) => item.schemaAt !== undefined);
      return { occurrence, found: withAbsent(found, notes.absent), inserted, inFunction: depth > 0 };
    },
    insideFunction: (bind) => {
      depth++;
      try {
        return bind();
      } finally {
        depth--;
      }
    },
    amongKnownTables: (bind) => {
      choosy++;
      try {
        return bind();
      } finally {
        choosy--;
      }
    },
    placesOfAddresses: options.placesOfAddresses === true,
    external: (request) => externalAnswer(request, options),
    alsoShow: (rel) => notes.further.push(rel),
    parameter: (name) => options.parameters?.get(name),
    scope: options.scope,
    noteRender: (render) => notes.renders.push(render),
    noteTable: (name) => notes.tables.add(name),
    noteWarning: (message) => {
      if (!notes.warnings.includes(message)) notes.warnings.push(message);
    },
  };
  return context;
}
