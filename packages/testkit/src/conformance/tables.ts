import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ColumnSchema, KqlType, TableSchema } from "@goshawk/kql";
import { fieldsOf, isTexts } from "../read/fields.ts";

/** A sample table that records ask for: its columns, and the CSV file (with header) that holds its rows. */
export interface SampleTable extends TableSchema {
  readonly csv: string;
}

/** The tables that `tables.json` in `folder` describes, each with its CSV beside it. */
export async function readSampleTables(folder: string): Promise<readonly SampleTable[]> {
  const file = join(folder, "tables.json");
  const tables = fieldsOf(JSON.parse(await readFile(file, "utf8")), file);
  return Object.entries(tables).map(([name, columns]) => ({
    name,
    columns: columnsOf(columns, `${file}: ${name}`),
    csv: join(folder, `${name}.csv`),
  }));
}

function columnsOf(columns: unknown, place: string): readonly ColumnSchema[] {
  if (!Array.isArray(columns)) throw new Error(`${place}: expected a list of columns`);
  return columns.map((column: unknown) => {
    const [name, type] = isTexts(column) ? column : [];
    if (name === undefined || type === undefined) throw new Error(`${place}: a column is [name, type]`);
    return { name, type: type as KqlType };
  });
}
