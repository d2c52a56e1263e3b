import { join } from "node:path";
import { openDatabase, type StoredTableLayout } from "@goshawk/engine/duckdb";
import { type KqlType, parseDatetime, parseTimespan, quoteIdentifier, quoteText, type TableSchema } from "@goshawk/kql";
import type { Cell } from "../compare/cell.ts";
import type { Row } from "../compare/rows.ts";

const physicalTypes: { readonly [T in KqlType]: string } = {
  bool: "BOOLEAN",
  int: "BIGINT",
  long: "BIGINT",
  real: "DOUBLE",
  decimal: "DECIMAL(38,18)",
  datetime: "BIGINT",
  timespan: "BIGINT",
  string: "VARCHAR",
  guid: "VARCHAR",
  dynamic: "VARCHAR",
};

/** Writes rows of Kusto texts as a Parquet file into `folder`, as the store would; a value too large is null. */
export async function writeRows(schema: TableSchema, rows: readonly Row[], folder: string): Promise<StoredTableLayout> {
  const file = join(folder, `${schema.name}.parquet`);
  const columns = schema.columns.map((column, index) => ({ ...column, physical: `c${index}`, complete: true }));
  const database = await openDatabase({ folders: [`${folder}/`] });
  const connection = await database.connect();
  try {
    const names = columns.map(({ physical }) => quoteIdentifier(physical));
    await connection.run(`create table rows (${names.map((name) => `${name} varchar`).join(", ")})`);
    const marks = columns.map((_, at) => `$${at + 1}`).join(", ");
    for (const row of rows)
      await connection.run(
        `insert into rows values (${marks})`,
        row.map((cell, at) => physical(cell, schema.columns[at]?.type ?? "string")),
      );
    const items = columns.map(({ type }, at) => `try_cast(${names[at]} as ${physicalTypes[type]}) as ${names[at]}`);
    await connection.run(`copy (select ${items.join(", ")} from rows) to ${quoteText(file)} (format parquet)`);
  } finally {
    connection.closeSync();
    database.close();
  }
  return { name: schema.name, columns, files: [file] };
}

function physical(cell: Cell, type: KqlType): Cell {
  if (cell === null) return null;
  if (type === "datetime") return String(parseDatetime(cell) ?? "");
  if (type === "timespan") return String(parseTimespan(cell) ?? "");
  return cell;
}
