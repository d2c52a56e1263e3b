import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/span.ts";
import type { TableSchema } from "../values/schema.ts";
import { convert, type PlaceOf } from "./convert.ts";
import { type Insertion, withInsertions } from "./insertions.ts";
import { official } from "./load.ts";
import type { OfficialGlobals, OfficialSymbol } from "./official.ts";
import type { Syntax } from "./tree.ts";

/** A function that the database keeps: its parameter list in parentheses and its body in braces. */
export interface StoredFunction {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
}

/** What names can refer to. */
export interface DatabaseSymbols {
  readonly tables: readonly (TableSchema & { readonly open?: boolean })[];
  readonly functions: readonly StoredFunction[];
}

/** A parsed and bound query. */
export interface Parsed {
  readonly root: Syntax;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses and binds `text` against `symbols` with the official parser, which sees the insertions as well; all positions
 * are those of `text`. A text that is no part of the query stands where `standsAt` says.
 */
export function parse(
  text: string,
  symbols: DatabaseSymbols,
  insertions: readonly Insertion[] = [],
  standsAt?: Span,
): Parsed {
  const shown = withInsertions(text, insertions);
  const place: PlaceOf = standsAt === undefined ? shown.place : () => standsAt;
  const code = official().KustoCode.ParseAndAnalyze(shown.text, globalsOf(symbols));
  const found = code.GetDiagnostics();
  const diagnostics: Diagnostic[] = [];
  for (let index = 0; index < found.Count; index++) {
    const item = found.getItem(index);
    diagnostics.push({
      code: item.Code as Diagnostic["code"],
      severity: severityOf(item.Severity),
      span: place(item.Start, item.Start + item.Length),
      message: item.Message,
    });
  }
  return { root: convert(code.Syntax, { place, phantoms: new Set() }), diagnostics };
}

function severityOf(name: string): Diagnostic["severity"] {
  return name === "Error" ? "error" : name === "Warning" ? "warning" : "information";
}

let lastSymbols: DatabaseSymbols | undefined;
let lastGlobals: OfficialGlobals | undefined;

function globalsOf(symbols: DatabaseSymbols): OfficialGlobals {
  if (lastGlobals !== undefined && lastSymbols === symbols) return lastGlobals;
  const language = official();
  const { ColumnSymbol, DatabaseSymbol, ClusterSymbol, FunctionSymbol, TableSymbol, ScalarTypes } = language.Symbols;
  const tables = symbols.tables.map((table) => {
    const columns = table.columns.map(
      (column) => new ColumnSymbol(column.name, symbolOf(ScalarTypes.GetSymbol(column.type)), null, null, null, null),
    );
    const symbol = new TableSymbol.$ctor4(table.name, columns);
    return table.open === true && symbol.WithIsOpen !== undefined ? symbol.WithIsOpen(true) : symbol;
  });
  const functions = symbols.functions.map(
    (item) => new FunctionSymbol.$ctor16(item.name, item.parameters, item.body, null),
  );
  const database = new DatabaseSymbol.ctor("goshawk", [...tables, ...functions]);
  lastGlobals = language.GlobalState.Default.WithCluster(new ClusterSymbol.ctor("goshawk", [database])).WithDatabase(
    database,
  );
  lastSymbols = symbols;
  return lastGlobals;
}

function symbolOf(symbol: OfficialSymbol | null): OfficialSymbol {
  if (symbol === null) throw new TypeError("the official parser does not know a Kusto scalar type");
  return symbol;
}
