import {
  type KqlType,
  type LiteralValue,
  parseValue,
  quoteIdentifier,
  storedTypes,
  type TableLayout,
  type TableSchema,
} from "@goshawk/kql";
import type { Cell } from "../result.ts";
import type { DuckDBConnection } from "./database.ts";

/** A table whose rows are given with it: cells are as literals of their type write them, null where there is none. */
export interface ValueTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: KqlType }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Tables of values in memory, under relations whose names no stored table can have. */
export interface ValueTables {
  /** Puts these in the place of those before; a table of the same columns keeps its relation. Throws at a cell that its type can't hold. */
  set(tables: readonly ValueTable[], connection: DuckDBConnection): Promise<void>;
  names(): readonly string[];
  schema(name: string): TableSchema | undefined;
  layout(name: string): TableLayout | undefined;
  /** The same for the same tables and columns, whatever their rows; empty where there are none. */
  shape(): string;
}

interface Made {
  readonly relation: string;
  /** By number of rows: statements that insert so many. */
  readonly insert: Map<number, Statement>;
  readonly schema: TableSchema;
  readonly layout: TableLayout;
}

export function valueTables(): ValueTables {
  const made = new Map<string, Made>();
  let current = new Map<string, Made>();
  let shape = "";
  return {
    set: async (tables, connection) => {
      current = new Map();
      shape = "";
      const keys: string[] = [];
      for (const table of tables) {
        const key = JSON.stringify([table.name, table.columns]);
        const found = made.get(key) ?? (await make(table, made.size, connection));
        made.set(key, found);
        current.set(table.name, found);
        keys.push(found.relation);
        await fill(table, found, connection);
      }
      shape = keys.sort().join(" ");
    },
    names: () => [...current.keys()],
    schema: (name) => current.get(name)?.schema,
    layout: (name) => current.get(name)?.layout,
    shape: () => shape,
  };
}

async function make({ name, columns }: ValueTable, number: number, connection: DuckDBConnection): Promise<Made> {
  const relation = `values:${number}`;
  const declared = columns.map(({ type }, index) => `c${index} ${storedTypes[type]}`).join(", ");
  await connection.run(`create temp table ${quoteIdentifier(relation)} (${declared})`);
  const physical = columns.map(({ name: column, type }, index): [string, { physical: string; nullable: boolean }] => [
    column,
    { physical: `c${index}`, nullable: type !== "string" },
  ]);
  return { relation, insert: new Map(), schema: { name, columns }, layout: { relation, columns: new Map(physical) } };
}

type Appender = Awaited<ReturnType<DuckDBConnection["createAppender"]>>;
type Statement = Awaited<ReturnType<DuckDBConnection["prepare"]>>;

/** For more, an appender is faster. */
const FEW_ROWS = 8;

async function fill(table: ValueTable, made: Made, connection: DuckDBConnection): Promise<void> {
  const { name, columns, rows } = table;
  const relation = quoteIdentifier(made.relation);
  // A prepared `create or replace table` loses the names of its columns when it runs again.
  await connection.run(`delete from ${relation}`);
  if (rows.length > 0 && rows.length <= FEW_ROWS) {
    const statement = made.insert.get(rows.length) ?? (await connection.prepare(inserting(table, relation)));
    made.insert.set(rows.length, statement);
    let at = 0;
    for (const row of rows)
      for (const [index, column] of columns.entries())
        bind(++at, physical(row[index] ?? null, column, name), statement);
    await statement.run();
    return;
  }
  if (rows.length === 0) return;
  const appender = await connection.createAppender(made.relation);
  for (const row of rows) {
    for (const [index, column] of columns.entries()) append(physical(row[index] ?? null, column, name), appender);
    appender.endRow();
  }
  appender.closeSync();
}

function inserting({ columns, rows }: ValueTable, relation: string): string {
  let at = 0;
  const row = (): string => `(${columns.map(({ type }) => `cast($${++at} as ${storedTypes[type]})`).join(", ")})`;
  return `insert into ${relation} values ${rows.map(row).join(", ")}`;
}

function bind(index: number, value: LiteralValue, statement: Statement): void {
  if (value === null) statement.bindNull(index);
  else if (typeof value === "bigint") statement.bindBigInt(index, value);
  else if (typeof value === "number") statement.bindDouble(index, value);
  else if (typeof value === "boolean") statement.bindBoolean(index, value);
  else statement.bindVarchar(index, value);
}

function append(value: LiteralValue, appender: Appender): void {
  if (value === null) appender.appendNull();
  else if (typeof value === "bigint") appender.appendBigInt(value);
  else if (typeof value === "number") appender.appendDouble(value);
  else if (typeof value === "boolean") appender.appendBoolean(value);
  else appender.appendVarchar(value);
}

/** A cell as its column keeps it. */
function physical(cell: Cell, { name, type }: ValueTable["columns"][number], table: string): LiteralValue {
  if (cell === null) return type === "string" ? "" : null;
  const value = parseValue(type, cell);
  if (value !== undefined) return value;
  throw new Error(`${table}.${name} is ${JSON.stringify(cell)}, and that is no ${type}`);
}
