import { join } from "node:path";
import { type DuckDBConnection, openDatabase, type StoredTableLayout } from "@goshawk/engine/duckdb";
import {
  type KqlType,
  parseDatetime,
  parseTimespan,
  quoteIdentifier,
  quoteText,
  storedTypes,
  type TableSchema,
} from "@goshawk/kql";
import type { Cell } from "../compare/cell.ts";
import type { Row } from "../compare/rows.ts";

/** A table to write: its columns, and rows of Kusto texts. */
export interface RowsOf {
  readonly schema: TableSchema;
  readonly rows: Iterable<Row>;
}

/** Writes each table as a Parquet file into `folder`, as the store would; a value too large for its column is null. */
export async function writeTables(tables: Iterable<RowsOf>, folder: string): Promise<readonly StoredTableLayout[]> {
  const database = await openDatabase({ folders: [`${folder}/`] });
  const connection = await database.connect();
  const layouts: StoredTableLayout[] = [];
  try {
    for (const item of tables) layouts.push(await writeTable(item, folder, connection));
  } finally {
    connection.closeSync();
    database.close();
  }
  return layouts;
}

async function writeTable(
  { schema, rows }: RowsOf,
  folder: string,
  connection: DuckDBConnection,
): Promise<StoredTableLayout> {
  const file = join(folder, `${schema.name}.parquet`);
  const columns = schema.columns.map((column, index) => ({ ...column, physical: `c${index}`, complete: true }));
  const names = columns.map((column) => quoteIdentifier(column.physical));
  await connection.run(`create or replace table rows (${names.map((name) => `${name} varchar`).join(", ")})`);
  const appender = await connection.createAppender("rows");
  for (const row of rows) {
    for (const [at, { type }] of columns.entries()) {
      const value = physical(row[at] ?? null, type);
      if (value === null) appender.appendNull();
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
  appender.closeSync();
  const items = columns.map(({ type }, at) => `try_cast(${names[at]} as ${storedTypes[type]}) as ${names[at]}`);
  await connection.run(`copy (select ${items.join(", ")} from rows) to ${quoteText(file)} (format parquet)`);
  return { name: schema.name, columns, files: [file] };
}

function physical(cell: Cell, type: KqlType): Cell {
  if (cell === null) return null;
  if (type === "datetime") return String(parseDatetime(cell) ?? "");
  if (type === "timespan") return String(parseTimespan(cell) ?? "");
  return cell;
}
