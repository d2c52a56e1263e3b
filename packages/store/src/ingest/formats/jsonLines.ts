import { type DuckDBConnection, fileSql } from "@goshawk/engine/duckdb";
import { quoteIdentifier, quoteText } from "@goshawk/kql";
import type { RowSource } from "../rowSource.ts";
import { type JsonLayout, keyPath, objectSize, plainFile, recordsSql } from "./records.ts";
import { rejectionsOf } from "./rejectedLines.ts";
import { type SurveyedRecords, surveyRecords } from "./survey.ts";

/** Which part of each record is the row. */
export interface RecordShape {
  readonly format: string;
  readonly layout: JsonLayout;
  /** JSON path of the list of records inside a body, such as `$.records`. */
  readonly list?: string;
  /** Key of the object that holds the row; the record itself when absent. */
  readonly row?: string;
  /** Key of a text that names the table, after a prefix. */
  readonly table?: { readonly key: string; readonly prefix: string };
  /** The row's own field that names the table. */
  readonly tableField?: string;
}

const namedTable = "$table";

/** JSON objects as rows, their keys as fields. */
export async function jsonObjectsSource(
  path: string,
  shape: RecordShape,
  connection: DuckDBConnection,
): Promise<RowSource> {
  const records = recordsSql(path, shape.layout, shape.list);
  const row = shape.row === undefined ? "json" : `json_extract(json, ${quoteText(`$.${shape.row}`)})`;
  const name = shape.table?.key ?? shape.tableField;
  const surveyed = await surveyRecords(path, { ...shape, ...(name === undefined ? {} : { name }) }, connection);
  const { fields, odd, twice, plain } = surveyed;
  const byName = shape.table === undefined ? surveyed.byName : withoutPrefix(surveyed.byName, shape.table.prefix);
  const lines = shape.layout === "newline_delimited" && shape.list === undefined;
  const direct =
    lines &&
    plain &&
    !fields.includes("") &&
    new Set(fields.map((field) => field.toLowerCase())).size === fields.length;
  const tableField = shape.table === undefined ? shape.tableField : namedTable;
  const rowsOf = (type: "VARCHAR" | "JSON"): string =>
    direct ? directSql(path, shape, fields, type) : recordsAsRows(records, row, shape, fields, type);
  return {
    format: shape.format,
    sql: fields.length === 0 ? noRows : rowsOf("VARCHAR"),
    ...(fields.length === 0 ? {} : { texts: textsSql(fields, rowsOf("JSON")) }),
    fields: [...fields.map((field) => field || "Column"), ...(shape.table === undefined ? [] : [namedTable])],
    ...(tableField === undefined ? {} : { tableField, byName }),
    ...(await rejectionsOf(path, shape, odd, connection)),
    notes: twice === 0 ? [] : [`${twice} records have a key twice; the first of its values was stored`],
  };
}

function withoutPrefix(byName: SurveyedRecords["byName"], prefix: string): SurveyedRecords["byName"] {
  const tables = new Map<string, Set<string>>();
  for (const [name, keys] of byName) {
    const table = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    tables.set(table, new Set([...(tables.get(table) ?? []), ...keys]));
  }
  return tables;
}

/** SQL over `json` of the text that names a row's table. */
function nameSql(shape: RecordShape): string {
  if (shape.table !== undefined)
    return tableSql(`json_extract_string(json, ${quoteText(`$.${shape.table.key}`)})`, shape.table.prefix);
  return shape.tableField === undefined ? "''" : `json_extract_string(json, ${quoteText(`$.${shape.tableField}`)})`;
}

function tableSql(text: string, prefix: string): string {
  return `case when starts_with(${text}, ${quoteText(prefix)}) then substr(${text}, ${prefix.length + 1}) end`;
}

/** Whether each cell, taken as JSON, is in quotes. */
function textsSql(fields: readonly string[], rows: string): string {
  return `select ${fields.map((_, index) => `starts_with(cast(f${index} as VARCHAR), '"') as f${index}`).join(", ")} from (${rows})`;
}

/** Lets the engine's reader take the fields out while it parses: several times faster than going through JSON values. */
function directSql(path: string, shape: RecordShape, fields: readonly string[], type: "VARCHAR" | "JSON"): string {
  const cell = (_: string, index: number): string => `f${index}`;
  const named =
    shape.table === undefined
      ? []
      : [`${tableSql(quoteIdentifier(shape.table.key), shape.table.prefix)} as f${fields.length}`];
  const source =
    shape.row === undefined ? fields : [shape.row, ...(shape.table === undefined ? [] : [shape.table.key])];
  const struct = `STRUCT(${fields.map((field) => `${quoteIdentifier(field)} ${type}`).join(", ")})`;
  const columns = source.map(
    (key) => `${quoteText(key)}: ${quoteText(key === shape.row ? struct : shape.row === undefined ? type : "VARCHAR")}`,
  );
  const values = fields.map((field, index) =>
    shape.row === undefined
      ? `${quoteIdentifier(field)} as ${cell(field, index)}`
      : `struct_extract(${quoteIdentifier(shape.row)}, ${quoteText(field)}) as ${cell(field, index)}`,
  );
  const from = `read_json(${fileSql(path)}, ${plainFile}, format = 'newline_delimited', columns = {${columns.join(", ")}}, maximum_object_size = ${objectSize(path, shape.layout)})`;
  return `select row_number() over () as _line, ${[...values, ...named].join(", ")} from ${from}`;
}

/** Through JSON values, where some records are no rows or names differ in letter case only. */
function recordsAsRows(
  records: string,
  row: string,
  shape: RecordShape,
  fields: readonly string[],
  type: "VARCHAR" | "JSON",
): string {
  const structure = `{${fields
    .filter((field) => field !== "")
    .map((field) => `${JSON.stringify(field)}:"${type}"`)
    .join(",")}}`;
  const letters = new Map<string, number>();
  for (const field of fields) letters.set(field.toLowerCase(), (letters.get(field.toLowerCase()) ?? 0) + 1);
  const values = fields.map((field, index) => {
    // Fields of a struct are found without regard to case, and need a name.
    const shared = field === "" || (letters.get(field.toLowerCase()) ?? 0) > 1;
    return shared
      ? `${type === "JSON" ? "json_extract" : "json_extract_string"}(j, ${quoteText(keyPath(field))}) as f${index}`
      : `struct_extract(r, ${quoteText(field)}) as f${index}`;
  });
  const named = shape.table === undefined ? [] : [`t as f${fields.length}`];
  const numbered = `select row_number() over () as _line, ${row} as j, ${nameSql(shape)} as t from ${records}`;
  const parsed = `select *, from_json(j, ${quoteText(structure)}) as r from (${numbered}) where json_type(j) = 'OBJECT'`;
  return `select ${["_line", ...values, ...named].join(", ")} from (${parsed})`;
}

const noRows = "select 0::BIGINT as _line where false";
