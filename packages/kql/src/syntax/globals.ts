import type { ColumnSchema, TableSchema } from "../values/schema.ts";
import { official, officialGlobals } from "./load.ts";
import type { OfficialGlobals, OfficialReturnContext, OfficialSymbol } from "./official.ts";

/** A function that the database keeps: its parameter list in parentheses and its body in braces. */
export interface StoredFunction {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
}

/** A table, or any other name that reads its rows. */
export interface NamedTable {
  readonly name: string;
  readonly schema: TableSchema & { readonly open?: boolean };
}

/** A function that the official parser does not have and whose result depends on its arguments. */
export interface DeclaredCall {
  readonly name: string;
  readonly parameters: readonly CallParameter[];
  /** `constants`: the texts of constant arguments; `piped`: the columns of a tabular first argument. */
  result(constants: readonly (string | undefined)[], piped: readonly ColumnSchema[]): CallResult;
}

export interface CallParameter {
  readonly name: string;
  readonly tabular?: true;
  readonly optional?: true;
}

/** What a declared call gives: a table, open where its columns can't be known, or a database to read from. */
export type CallResult =
  | { readonly kind: "table"; readonly columns: readonly ColumnSchema[]; readonly open: boolean }
  | { readonly kind: "database"; readonly open: boolean };

/** What names can refer to. */
export interface DatabaseSymbols {
  readonly tables: readonly NamedTable[];
  readonly functions: readonly StoredFunction[];
  readonly calls: readonly DeclaredCall[];
  /** Other databases and clusters that the query names; they hold the same tables. */
  readonly databases: readonly string[];
  readonly clusters: readonly string[];
}

export const noSymbols: DatabaseSymbols = { tables: [], functions: [], calls: [], databases: [], clusters: [] };

let lastSymbols: DatabaseSymbols | undefined;
let lastGlobals: OfficialGlobals | undefined;

/** The official parser's view of `symbols`. */
export function globalsOf(symbols: DatabaseSymbols): OfficialGlobals {
  if (lastGlobals !== undefined && lastSymbols === symbols) return lastGlobals;
  const { DatabaseSymbol, ClusterSymbol } = official().Symbols;
  const tables = symbols.tables.map(tableSymbol);
  const members = [...tables, ...symbols.functions.map(functionSymbol)];
  const calls = symbols.calls.map((call) => callSymbol(call, members));
  const all = [...members, ...calls];
  const database = new DatabaseSymbol.ctor("goshawk", all);
  const others = symbols.databases.map((name) => new DatabaseSymbol.ctor(name, all));
  const cluster = new ClusterSymbol.ctor("goshawk", [database, ...others]);
  const globals = officialGlobals().WithCluster(cluster).WithDatabase(database);
  lastGlobals = symbols.clusters.reduce(
    (made, name) => made.AddOrReplaceCluster(new ClusterSymbol.ctor(name, [database, ...others])),
    globals,
  );
  lastSymbols = symbols;
  return lastGlobals;
}

const tableSymbols = new WeakMap<TableSchema, Map<string, OfficialSymbol>>();

/** Symbols of a schema are made once: making them costs more than parsing. */
function tableSymbol({ name, schema }: NamedTable): OfficialSymbol {
  const known = tableSymbols.get(schema) ?? new Map<string, OfficialSymbol>();
  const found = known.get(name) ?? newTable(name, schema.columns, schema.open === true);
  tableSymbols.set(schema, known.set(name, found));
  return found;
}

function newTable(name: string, columns: readonly ColumnSchema[], open: boolean): OfficialSymbol {
  const { ColumnSymbol, TableSymbol, ScalarTypes } = official().Symbols;
  const symbols = columns.map(
    (column) => new ColumnSymbol(column.name, symbolOf(ScalarTypes.GetSymbol(column.type)), null, null, null, null),
  );
  const symbol = new TableSymbol.$ctor4(name, symbols);
  return open && symbol.WithIsOpen !== undefined ? symbol.WithIsOpen(true) : symbol;
}

const functionSymbols = new WeakMap<StoredFunction, OfficialSymbol>();

function functionSymbol(item: StoredFunction): OfficialSymbol {
  const found =
    functionSymbols.get(item) ??
    new (official().Symbols.FunctionSymbol.$ctor16)(item.name, item.parameters, item.body, null);
  functionSymbols.set(item, found);
  return found;
}

/** The official numbers of `Tabularity.Unspecified`, `ParameterTypeKind.Any` and `.Tabular`. */
const UNSPECIFIED = 5;
const ANY = 0;
const TABULAR = 3;

function callSymbol(call: DeclaredCall, members: readonly OfficialSymbol[]): OfficialSymbol {
  const { DatabaseSymbol, FunctionSymbol, Parameter } = official().Symbols;
  const parameters = call.parameters.map(
    ({ name, tabular, optional }) =>
      new Parameter.ctor(name, tabular ? TABULAR : ANY, 0, null, null, false, null, optional ? 0 : 1, 1, null, null),
  );
  const result = (context: OfficialReturnContext): OfficialSymbol => {
    const found = call.result(constantsOf(context), pipedOf(context));
    return found.kind === "table"
      ? newTable("", found.columns, found.open)
      : new DatabaseSymbol.$ctor1(call.name, members, found.open);
  };
  return new FunctionSymbol.ctor(call.name, result, UNSPECIFIED, parameters);
}

function constantsOf({ Arguments }: OfficialReturnContext): readonly (string | undefined)[] {
  return Array.from({ length: Arguments.Count }, (_, index) => {
    const value = Arguments.getItem(index)?.ConstantValue;
    return typeof value === "string" ? value : undefined;
  });
}

function pipedOf({ ArgumentTypes }: OfficialReturnContext): readonly ColumnSchema[] {
  const columns = ArgumentTypes.Count === 0 ? undefined : ArgumentTypes.getItem(0)?.Columns;
  return Array.from({ length: columns?.Count ?? 0 }, (_, index) => columns?.getItem(index)).flatMap((column) =>
    column === undefined ? [] : [{ name: column.Name, type: scalarTypeNamed(column.Type.Name) }],
  );
}

function scalarTypeNamed(name: string): ColumnSchema["type"] {
  const known = official().Symbols.ScalarTypes.GetSymbol(name) !== null && !name.startsWith("dynamic");
  return known ? (name as ColumnSchema["type"]) : "dynamic";
}

function symbolOf(symbol: OfficialSymbol | null): OfficialSymbol {
  if (symbol === null) throw new TypeError("the official parser does not know a Kusto scalar type");
  return symbol;
}
