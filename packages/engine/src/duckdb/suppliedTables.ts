import { quoteIdentifier, type TableLayout, type TableSchema } from "@goshawk/kql";
import type { DuckDBConnection } from "./database.ts";

/** A small table of texts from outside of the store: a watchlist, or a file that a query names. */
export interface TextTable {
  /** As queries reach it, for example `_GetWatchlist('VIPUsers')`. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Text tables in memory, under relations whose names no stored table can have. */
export interface SuppliedTables {
  names(): readonly string[];
  schema(name: string): TableSchema | undefined;
  layout(name: string): TableLayout | undefined;
  add(table: TextTable, connection: DuckDBConnection): Promise<void>;
}

export function suppliedTables(): SuppliedTables {
  const schemas = new Map<string, TableSchema>();
  const layouts = new Map<string, TableLayout>();
  return {
    names: () => [...schemas.keys()],
    schema: (name) => schemas.get(name),
    layout: (name) => layouts.get(name),
    add: async (table, connection) => {
      const relation = `supplied:${schemas.size + 1}`;
      await fill(relation, table, connection);
      const columns = table.columns.map((name) => ({ name, type: "string" as const }));
      schemas.set(table.name, { name: table.name, columns });
      const physical = table.columns.map((name, index) => [name, { physical: `c${index}`, nullable: false }] as const);
      layouts.set(table.name, { relation, columns: new Map(physical) });
    },
  };
}

async function fill(relation: string, table: TextTable, connection: DuckDBConnection): Promise<void> {
  const columns = table.columns.map((_, index) => `c${index} varchar not null`).join(", ");
  await connection.run(`create table ${quoteIdentifier(relation)} (${columns})`);
  const appender = await connection.createAppender(relation);
  for (const row of table.rows) {
    for (const index of table.columns.keys()) appender.appendVarchar(row[index] ?? "");
    appender.endRow();
  }
  appender.closeSync();
}
