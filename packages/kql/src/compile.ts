import { type BindContext, type Binding, environment } from "./bind/context.ts";
import { oneRow } from "./bind/operators/values.ts";
import { bindScalar } from "./bind/scalar.ts";
import { bindBlock, bindStatements } from "./bind/statement.ts";
import { bindPipeline, bindTabular } from "./bind/tabular.ts";
import { teach } from "./bind/teach.ts";
import { isTolerated } from "./bind/tolerated.ts";
import { type Diagnostic, diagnostic, InvariantError, Refusal } from "./diagnostics/diagnostic.ts";
import { span } from "./diagnostics/span.ts";
import { functionNames } from "./functions/registry.ts";
import { project } from "./ir/build.ts";
import type { Rel } from "./ir/rel.ts";
import { lowerQuery } from "./lower/query.ts";
import type { TableLayout } from "./lower/rel.ts";
import { rewrite } from "./rewrite/passes.ts";
import { restartNames } from "./sql/build.ts";
import { duckdb } from "./sql/dialect.ts";
import { printQuery } from "./sql/print.ts";
import { parse, type StoredFunction } from "./syntax/parse.ts";
import { list } from "./syntax/tree.ts";
import type { ColumnSchema, TableSchema } from "./values/schema.ts";

/** What a query may refer to, and what its clock says. */
export interface CompileOptions {
  /** `now()`, in ticks of 100 ns since 0001-01-01 UTC. */
  readonly now: bigint;
  table(name: string): (TableSchema & { readonly open?: boolean }) | undefined;
  tableNames(): readonly string[];
  layout(table: string): TableLayout;
  readonly functions?: readonly StoredFunction[];
}

/** A query ready to run. */
export interface CompiledQuery {
  readonly sql: string;
  /** The values of `$1`, `$2`, …, all text. */
  readonly parameters: readonly string[];
  readonly columns: readonly ColumnSchema[];
  /** Stored and catalogued tables that it reads. */
  readonly tables: readonly string[];
  readonly warnings: readonly string[];
  readonly rel: Rel;
}

export type CompileResult =
  | { readonly ok: true; readonly query: CompiledQuery; readonly more: readonly CompiledQuery[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Complaints of the official binder that binding judges again, since Kusto itself is not as strict:
 * KS134, a whole number where one is expected (`make_timespan` takes seconds with a fraction).
 */
const judgedByUs: ReadonlySet<string> = new Set(["KS134"]);

/** KQL text to SQL: parse, bind, rewrite, lower, print. */
export function compile(text: string, options: CompileOptions): CompileResult {
  const symbols = symbolsFor(text, options);
  const parsed = parse(text, symbols);
  const errors = parsed.diagnostics.filter(
    (item) => item.severity === "error" && !judgedByUs.has(item.code) && !isTolerated(item, parsed.root),
  );
  if (errors.length > 0) {
    const known = { tables: () => options.tableNames(), functions: functionNames };
    return { ok: false, diagnostics: errors.map((item) => teach(item, text, parsed.root, known)) };
  }
  try {
    const tables = new Set<string>();
    const warnings: string[] = [];
    const searched = symbols.tables.map((table) => table.name);
    const further: Rel[] = [];
    const context = bindContext(text, options, { searched, tables, warnings, further });
    const results = bindStatements(list(parsed.root, "Statements"), environment(), context);
    const shown: readonly Binding[] = [...results, ...further.map((rel): Binding => ({ kind: "tabular", rel }))];
    const queries = shown.map((result) => finish(asTable(result, context), options, tables, warnings));
    const [query, ...more] = queries;
    if (query === undefined) return { ok: false, diagnostics: [diagnostic("empty-query", span(0, text.length), {})] };
    return { ok: true, query, more };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, diagnostics: [error.diagnostic] };
    throw error;
  }
}

function finish(
  rel: Rel,
  options: CompileOptions,
  tables: ReadonlySet<string>,
  warnings: readonly string[],
): CompiledQuery {
  restartNames();
  const rewritten = rewrite(rel);
  const printed = printQuery(lowerQuery(rewritten, options.layout), duckdb);
  return {
    sql: printed.text,
    parameters: printed.parameters,
    columns: rewritten.columns.map(({ name, type }) => ({ name, type })),
    tables: [...tables],
    warnings: [...warnings],
    rel: rewritten,
  };
}

function asTable(result: Binding, context: BindContext): Rel {
  if (result.kind === "tabular") return result.rel;
  if (result.kind === "function") throw new InvariantError("a query ended in a function");
  const { value } = result;
  const origin = span(0, context.text.length);
  return project(oneRow(origin), [{ column: context.newColumn("print_0", value.type, value.nullable), value }], origin);
}

/** What binding notes on its way, and what it may look into. */
interface Notes {
  readonly searched: readonly string[];
  readonly tables: Set<string>;
  readonly warnings: string[];
  readonly further: Rel[];
}

function bindContext(text: string, options: CompileOptions, notes: Notes): BindContext {
  let lastId = 0;
  const context: BindContext = {
    text,
    now: options.now,
    table: (name) => options.table(name),
    tableNames: () => options.tableNames(),
    searchedTables: () => notes.searched,
    newColumn: (name, type, nullable) => ({ id: ++lastId, name, type, nullable }),
    scalar: (node, scope) => bindScalar(node, scope),
    tabular: (node, env) => bindTabular(node, env, context),
    pipeline: (node, input, env) => bindPipeline(node, input, env, context),
    block: (node, env) => bindBlock(node, env, context),
    storedFunction: () => undefined,
    discovered: () => undefined,
    discover: () => {
      throw new InvariantError("no discovery yet");
    },
    alsoShow: (rel) => notes.further.push(rel),
    noteTable: (name) => notes.tables.add(name),
    noteWarning: (message) => notes.warnings.push(message),
  };
  return context;
}

/**
 * Only the tables that the text may name: building symbols for all of the catalogue costs more than parsing. A search
 * of everything looks into the tables that have rows.
 */
function symbolsFor(text: string, options: CompileOptions): Parameters<typeof parse>[1] {
  const words = new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
  const patterns = text.includes("*") ? wildcardPatterns(text) : [];
  const everything = /\b(search|find)\b|\bunion\b[^|]*[\s,(]\*/.test(text);
  const names = options
    .tableNames()
    .filter(
      (name) =>
        words.has(name) ||
        patterns.some((pattern) => pattern.test(name)) ||
        (everything && options.layout(name).relation !== undefined),
    );
  const tables = names.flatMap((name) => {
    const table = options.table(name);
    return table === undefined ? [] : [{ ...table, name }];
  });
  return { tables, functions: options.functions ?? [] };
}

function wildcardPatterns(text: string): readonly RegExp[] {
  const found = text.match(/[\p{L}_][\p{L}\p{N}_]*\*[\p{L}\p{N}_*]*/gu) ?? [];
  return [...new Set(found)].map((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`));
}
