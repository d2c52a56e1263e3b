import type { CallParameter, CallResult, DeclaredCall, StoredFunction } from "../../syntax/globals.ts";
import type { ColumnSchema, TableSchema } from "../../values/schema.ts";
import { isParserName } from "./parserNames.ts";
import { profileColumns } from "./profile.ts";

/** Answers with the columns that a table has; undefined where there is no such table. */
type Lookup = (name: string) => TableSchema | undefined;

type Declare = (name: string, table: Lookup) => DeclaredCall;

const required = (name: string): CallParameter => ({ name });
const optional = (name: string): CallParameter => ({ name, optional: true });
const piped: CallParameter = { name: "T", tabular: true };
const open: CallResult = { kind: "table", columns: [], open: true };

function tableOf(schema: TableSchema | undefined): CallResult {
  return schema === undefined ? open : { kind: "table", columns: schema.columns, open: isOpen(schema) };
}

/** Where no rows tell what a watchlist has, it may have any column. */
function isOpen(schema: TableSchema & { readonly open?: boolean }): boolean {
  return schema.open === true;
}

/** The name under which a watchlist's rows are looked up. */
export function watchlistTable(alias: string): string {
  return `_GetWatchlist('${alias}')`;
}

const watchlist: Declare = (name, table) => ({
  name,
  parameters: [required("watchlistAlias")],
  result: ([alias]) => (alias === undefined ? open : tableOf(table(watchlistTable(alias)))),
});

const aliases: Declare = (name) => ({
  name,
  parameters: [],
  result: () => ({ kind: "table", columns: [{ name: "WatchlistAlias", type: "string" }], open: false }),
});

/** Adds columns to the rows before the pipe, those that are there already aside. */
function enriching(parameters: readonly CallParameter[], added: readonly ColumnSchema[]): Declare {
  return (name) => ({
    name,
    parameters: [piped, ...parameters],
    result: (_constants, columns) => ({
      kind: "table",
      columns: [...columns, ...added.filter((item) => !columns.some((column) => column.name === item.name))],
      open: false,
    }),
  });
}

/** `workspace("x").T` and the like: the tables of another place, which are those of this one. */
const place: Declare = (name) => ({
  name,
  parameters: [required("name")],
  result: () => ({ kind: "database", open: false }),
});

/** `arg("").Resources` and the like: tables that this catalogue does not know. */
const elsewhere: Declare = (name) => ({
  name,
  parameters: [optional("name")],
  result: () => ({ kind: "database", open: true }),
});

const addresses: Declare = (name) => ({
  name,
  parameters: [required("DeviceId"), optional("Timestamp")],
  result: () => ({
    kind: "table",
    columns: [
      { name: "Timestamp", type: "datetime" },
      { name: "IPAddress", type: "string" },
      { name: "IPType", type: "string" },
      { name: "NetworkAdapterType", type: "string" },
      { name: "ConnectedNetworks", type: "string" },
    ],
    open: false,
  }),
});

const declarations: ReadonlyMap<string, Declare> = new Map([
  ["_GetWatchlist", watchlist],
  ["_GetWatchlistAlias", aliases],
  ["FileProfile", enriching([optional("idColumn"), optional("limit")], profileColumns)],
  ["SeenBy", enriching([], [{ name: "SeenBy", type: "dynamic" }])],
  [
    "DeviceFromIP",
    enriching(
      [optional("Timestamp")],
      [
        { name: "IP", type: "string" },
        { name: "DeviceId", type: "string" },
      ],
    ),
  ],
  ["AssignedIPAddresses", addresses],
  ["workspace", place],
  ["app", place],
  ["resource", place],
  ["arg", elsewhere],
  ["adx", elsewhere],
]);

/** A parser of ASIM that no file defines. Its arguments are for binding to judge. */
const parser: Declare = (name, table) => ({ name, parameters: [], result: () => tableOf(table(name)) });

/** Whether the official binder was told of a function only so far that its arguments are for binding to judge. */
export function isDeclaredHere(name: string): boolean {
  return declarations.has(name) || isParserName(name);
}

/** The functions of a text that the official parser does not have, those that are defined here aside. */
export function declaredCalls(
  text: string,
  words: ReadonlySet<string>,
  functions: readonly StoredFunction[],
  table: Lookup,
): readonly DeclaredCall[] {
  const defined = new Set(functions.map((item) => item.name));
  return [...words].flatMap((word) => {
    if (defined.has(word)) return [];
    const isParser = isParserName(word) && new RegExp(`\\b${word}\\s*\\(`).test(text);
    const declare = declarations.get(word) ?? (isParser ? parser : undefined);
    return declare === undefined ? [] : [declare(word, table)];
  });
}
