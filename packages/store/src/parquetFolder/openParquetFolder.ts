import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { eitherTime, type TimePair } from "@goshawk/engine/database";
import {
  type DuckDBConnection,
  type ForeignRows,
  fileSql,
  openDatabase,
  registerHostFunctions,
} from "@goshawk/engine/duckdb";
import { quoteIdentifier } from "@goshawk/kql";
import { catalogueTable } from "../catalogue/catalogue.ts";
import { eventTimes, timePair, withBothTimes } from "../catalogue/eventTimes.ts";
import type { StoredColumn, StoredTable } from "../store/snapshot.ts";
import { differenceNote, differingTypes } from "./fileTypes.ts";
import { type FoundTable, findTables } from "./findTables.ts";
import { type ForeignColumn, foreignColumn } from "./foreignColumn.ts";

/** The tables of a folder of Parquet files, which are read where they are. */
export interface ParquetFolder {
  /** Absolute path; queries may read below it. */
  readonly folder: string;
  readonly tables: readonly (StoredTable & { readonly foreign: ForeignRows })[];
  /** What is read otherwise than one may think, or not at all. */
  readonly notes: readonly string[];
}

/** Looks at the files' columns, their types and times; no row is copied. */
export async function openParquetFolder(path: string): Promise<ParquetFolder> {
  const folder = resolve(path);
  if (!(await stat(folder)).isDirectory())
    throw new Error(`${folder} is no folder; name one with <Table>.parquet or <Table>/…`);
  const found = await findTables(folder);
  const notes = found.refused.map(({ name, reason }) => `${name} is left out: ${reason}`);
  const database = await openDatabase({ folders: [`${folder}/`] });
  const connection = await database.connect();
  registerHostFunctions(connection);
  const tables: (StoredTable & { readonly foreign: ForeignRows })[] = [];
  try {
    for (const table of found.tables) {
      try {
        tables.push(await openTable(table, connection, notes));
      } catch (error) {
        notes.push(`${table.name} is left out: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    connection.closeSync();
    database.close();
  }
  if (tables.length === 0)
    notes.push(`no table was found in ${folder}; expected <Table>.parquet or <Table>/… with *.parquet files`);
  return { folder, tables, notes };
}

async function openTable(
  { name, files, partitioned }: FoundTable,
  connection: DuckDBConnection,
  notes: string[],
): Promise<StoredTable & { readonly foreign: ForeignRows }> {
  const list = files.map(fileSql).join(", ");
  const source = `read_parquet([${list}], union_by_name = true, hive_partitioning = ${partitioned}, hive_types_autocast = false)`;
  const described = (await connection.runAndReadAll(`describe select * from ${source}`)).getRows();
  const differing = await differingTypes(files, connection);
  const columns: { readonly stored: StoredColumn; readonly column: ForeignColumn }[] = [];
  for (const [own, native] of described.map((row) => [String(row[0]), String(row[1])] as const)) {
    const difference = differenceNote(differing.get(own.toLowerCase()) ?? [], native);
    if (difference !== undefined) notes.push(`${name}.${own} ${difference}`);
    const known = catalogueColumn(name, own);
    const column = foreignColumn(own, native, known?.type);
    if (column === undefined) {
      notes.push(
        `${name}.${own} is left out: it is ${native}, and ${name} has a ${known?.type ?? "column"} of that name`,
      );
      continue;
    }
    if (column.note !== undefined) notes.push(`${name}.${own} ${column.note}`);
    columns.push({ stored: { name: known?.name ?? own, type: column.type, physical: own, complete: true }, column });
  }
  const plain = `select ${columns.map(({ stored, column }) => `${column.sql} as ${quoteIdentifier(stored.physical)}`).join(", ")} from ${source}`;
  const stored = withBothTimes(
    name,
    columns.map((one) => one.stored),
  );
  const eventTime = eventTimes.find((time) =>
    stored.some((column) => column.name === time && column.type === "datetime"),
  );
  const time = stored.find((column) => column.name === eventTime);
  const span =
    time === undefined
      ? "null, null"
      : `min(${quoteIdentifier(time.physical)}), max(${quoteIdentifier(time.physical)})`;
  const pair = await mixedTimes(name, stored, plain, connection);
  const select = eitherTime(plain, pair);
  const [facts = []] = (await connection.runAndReadAll(`select count(*), ${span} from (${select})`)).getRows();
  const [rows, first, last] = facts;
  notes.push(...(await lossNotes(name, columns, source, connection)));
  return {
    name,
    rows: Number(rows ?? 0),
    firstEvent: typeof first === "bigint" ? first : null,
    lastEvent: typeof last === "bigint" ? last : null,
    eventTime,
    columns: stored,
    segments: [],
    files,
    foreign: {
      select,
      // A bound on one of two columns that stand in for each other says nothing of a row that has the other.
      times: (pair === undefined ? columns : []).flatMap(({ stored: { physical }, column: { time: native } }) =>
        native === undefined ? [] : [{ physical, ...native }],
      ),
    },
  };
}

/** Values that are not seen as the files have them are counted, not passed over. */
async function lossNotes(
  table: string,
  columns: readonly { readonly stored: StoredColumn; readonly column: ForeignColumn }[],
  source: string,
  connection: DuckDBConnection,
): Promise<readonly string[]> {
  const losing = columns.flatMap(({ stored, column: { lost } }) => (lost === undefined ? [] : [{ stored, lost }]));
  if (losing.length === 0) return [];
  const counts = losing.map(({ lost }) => `count(*) filter (where ${lost.when})`);
  const [row = []] = (await connection.runAndReadAll(`select ${counts.join(", ")} from ${source}`)).getRows();
  return losing.flatMap(({ stored, lost }, place) =>
    Number(row[place]) === 0 ? [] : [`${table}.${stored.physical}: ${Number(row[place])} of its values ${lost.what}`],
  );
}

/** The two columns of the event time, where rows lack one of them. */
async function mixedTimes(
  table: string,
  columns: readonly StoredColumn[],
  rows: string,
  connection: DuckDBConnection,
): Promise<TimePair | undefined> {
  const pair = timePair(table, columns);
  if (pair === undefined) return undefined;
  const [a, b] = pair.map(quoteIdentifier);
  const reader = await connection.runAndReadAll(
    `select count(*) = count(${a}) and count(*) = count(${b}) from (${rows})`,
  );
  return reader.getRows()[0]?.[0] === true ? undefined : pair;
}

/** The catalogue's column of that name, in whatever letter case the files have it. */
function catalogueColumn(table: string, own: string): ReturnType<typeof columnsOf>[number] | undefined {
  const columns = columnsOf(table);
  return (
    columns.find((column) => column.name === own) ??
    columns.find((column) => column.name.toLowerCase() === own.toLowerCase())
  );
}

function columnsOf(table: string): NonNullable<ReturnType<typeof catalogueTable>>["columns"] {
  return catalogueTable(table)?.columns ?? [];
}
