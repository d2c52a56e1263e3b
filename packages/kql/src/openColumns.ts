import { watchlistTable } from "./bind/outside/declarations.ts";
import type { Reach } from "./symbols.ts";
import type { ColumnSchema, TableSchema } from "./values/schema.ts";
import type { KqlType } from "./values/type.ts";

type Schema = TableSchema & { readonly open?: boolean };

/** Log Analytics ends the names of the columns that it makes of custom fields with a letter for their type. */
const suffixes: readonly (readonly [string, KqlType])[] = [
  ["_s", "string"],
  ["_d", "real"],
  ["_b", "bool"],
  ["_t", "datetime"],
  ["_g", "string"],
];

/** The columns that Log Analytics gives to any table; `Type` holds the table's name. */
const standard: ReadonlyMap<string, KqlType> = new Map<string, KqlType>([
  ["Computer", "string"],
  ["MG", "string"],
  ["ManagementGroupName", "string"],
  ["RawData", "string"],
  ["SourceSystem", "string"],
  ["TenantId", "string"],
  ["Type", "string"],
]);

/** The column that open tables are taken to have under a name that no row has; its cells are all null. */
export function openColumn(name: string): ColumnSchema {
  return { name, type: typeByName(name) ?? "dynamic" };
}

/** Whether Log Analytics names columns of custom fields so. */
export function isCustomField(name: string): boolean {
  return suffixes.some(([suffix]) => name.length > suffix.length && name.endsWith(suffix));
}

function typeByName(name: string): KqlType | undefined {
  return standard.get(name) ?? suffixes.find(([suffix]) => name.endsWith(suffix))?.[1];
}

/**
 * The open tables among `tables` that may lack a column of that name: where rows are stored, a name that Log Analytics
 * would not have made is more likely misspelt than absent.
 */
export function tablesLacking(name: string, tables: readonly Schema[], layout: Reach["layout"]): readonly string[] {
  return tables
    .filter((table) => table.open === true && !table.columns.some((column) => column.name === name))
    .map((table) => table.name)
    .filter((table) => typeByName(name) !== undefined || layout(table).relation === undefined);
}

const watchlistCall = /_GetWatchlist\s*\(\s*(["'])(.*?)\1\s*\)/g;

/** The watchlists that a text names and of which no rows tell what columns they have. */
export function openWatchlists(text: string, { table }: Pick<Reach, "table">): readonly Schema[] {
  const names = new Set([...text.matchAll(watchlistCall)].map(([, , alias = ""]) => watchlistTable(alias)));
  return [...names].flatMap((name) => {
    const schema: Schema | undefined = table(name);
    return schema?.open === true ? [schema] : [];
  });
}

/** Whether a table is a watchlist by its name; all its columns are texts. */
export function isWatchlist(name: string): boolean {
  return name.startsWith("_GetWatchlist(");
}

/** The same names, with more columns in open tables. */
export function withOpenColumns<R extends Reach>(reach: R, added: readonly ColumnSchema[]): R {
  if (added.length === 0) return reach;
  const known = new Map<Schema, Schema>();
  const extended = (schema: Schema): Schema => {
    const names = new Set(schema.columns.map((column) => column.name));
    const more = added.filter((column) => !names.has(column.name));
    return { ...schema, columns: [...schema.columns, ...more] };
  };
  return {
    ...reach,
    table: (name: string) => {
      const schema = reach.table(name);
      if (schema?.open !== true) return schema;
      const found = known.get(schema) ?? extended(schema);
      known.set(schema, found);
      return found;
    },
  };
}
