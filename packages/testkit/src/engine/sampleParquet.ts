import { join } from "node:path";
import { type Database, openDatabase, type StoredTableLayout } from "@goshawk/engine/duckdb";
import { type KqlType, quoteIdentifier, quoteText } from "@goshawk/kql";
import type { SampleTable } from "../conformance/tables.ts";

const UNIX_EPOCH_TICKS = "621355968000000000";

/** Writes the sample tables into `folder` as the store would, so that an engine can read them. */
export async function writeSampleTables(
  tables: readonly SampleTable[],
  folder: string,
): Promise<readonly StoredTableLayout[]> {
  const folders = [folder, ...new Set(tables.map((table) => join(table.csv, "..")))].map((path) => `${path}/`);
  const database = await openDatabase({ folders });
  try {
    const layouts: StoredTableLayout[] = [];
    for (const table of tables) layouts.push(await writeTable(table, folder, database));
    return layouts;
  } finally {
    database.close();
  }
}

async function writeTable(table: SampleTable, folder: string, database: Database): Promise<StoredTableLayout> {
  const connection = await database.connect();
  const file = join(folder, `${table.name}.parquet`);
  const columns = table.columns.map(
    (column) => `${stored(quoteIdentifier(column.name), column.type)} as ${quoteIdentifier(column.name)}`,
  );
  await connection.run(
    `copy (select ${columns.join(", ")} from read_csv(${quoteText(table.csv)}, all_varchar = true, header = true)) to ${quoteText(file)} (format parquet)`,
  );
  connection.closeSync();
  return {
    name: table.name,
    columns: table.columns.map(({ name, type }) => ({ name, type, physical: name, complete: true })),
    files: [file],
  };
}

function stored(text: string, type: KqlType): string {
  switch (type) {
    case "datetime":
      return `epoch_us(cast(${text} as TIMESTAMP)) * 10 + ${UNIX_EPOCH_TICKS}`;
    case "int":
    case "long":
      return `cast(${text} as BIGINT)`;
    case "real":
      return `cast(${text} as DOUBLE)`;
    case "bool":
      return `cast(${text} as BOOLEAN)`;
    case "dynamic":
      return `cast(json(${text}) as VARCHAR)`;
    case "timespan":
    case "decimal":
    case "guid":
    case "string":
      return `coalesce(${text}, '')`;
  }
}
