import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import type { Problem } from "../../store/receipt.ts";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { type JsonLayout, withRecords } from "./records.ts";

/** Which part of each record is the row. */
export interface RecordShape {
  readonly format: string;
  readonly layout: JsonLayout;
  /** JSON path of the list of records inside a body, such as `$.records`. */
  readonly list?: string;
  /** The record's key whose object is the row; the record itself is it when absent. */
  readonly row?: string;
  /** The record's key whose text names the table, after a prefix. */
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
  await withRecords({ path, ...shape }, (records) =>
    connection.run(`create or replace temp table goshawk_records as ${rowsSql(records, shape)}`),
  );
  // Rows of one kind share their list of keys: telling the lists apart first is several times faster than all keys of all rows.
  const lists = "select distinct json_keys(j) as l from goshawk_records where json_type(j) = 'OBJECT'";
  const keys = await textRows(connection, `select distinct unnest(l) as k from (${lists}) order by k`);
  const fields = keys.map(([key = ""]) => key);
  const odd = "select count(*) from goshawk_records where json_type(j) is distinct from 'OBJECT'";
  const [[lost = "0"] = []] = await textRows(connection, odd);
  const twins = sameButForCase(fields);
  const plain = fields.filter((field) => !twins.has(field));
  const structure = `{${plain.map((field) => `${JSON.stringify(field)}:"VARCHAR"`).join(",")}}`;
  const values = fields.map((field, index) => `${valueSql(field, twins)} as f${index}`);
  const named = shape.table === undefined ? [] : [`t as f${fields.length}`];
  const parsed = `select rowid + 1 as _line, *, ${plain.length === 0 ? "null" : `from_json(j, ${quoteText(structure)})`} as r from goshawk_records where json_type(j) = 'OBJECT'`;
  const tableField = shape.table === undefined ? shape.tableField : namedTable;
  return {
    format: shape.format,
    sql: `select ${["_line", "j", ...values, ...named].join(", ")} from (${parsed})`,
    fields: shape.table === undefined ? fields : [...fields, namedTable],
    ...(tableField === undefined ? {} : { tableField }),
    isText: (index) => `json_type(j, ${quoteText(pointer(fields[index] ?? ""))}) = 'VARCHAR'`,
    rejected: lost === "0" || shape.layout !== "newline_delimited" ? [] : await rejectedLines(path, shape),
    problems: [],
    notes: [],
  };
}

/** Keys that the engine's structs can't tell apart or name: those that differ by letter case only, and the empty one. */
function sameButForCase(fields: readonly string[]): ReadonlySet<string> {
  const seen = new Map<string, string[]>();
  for (const field of fields) seen.set(field.toLowerCase(), [...(seen.get(field.toLowerCase()) ?? []), field]);
  return new Set([...seen.values()].filter((group) => group.length > 1 || group[0] === "").flat());
}

function valueSql(field: string, twins: ReadonlySet<string>): string {
  if (!twins.has(field)) return `struct_extract(r, ${quoteText(field)})`;
  return `json_extract_string(j, ${quoteText(pointer(field))})`;
}

/** A JSON pointer to a key: unlike a path, it can name every key. */
function pointer(key: string): string {
  return `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** Each record's row as `j` and, where the record names it, its table as `t`. */
function rowsSql(records: string, { row, table }: RecordShape): string {
  if (row === undefined || table === undefined) return `select json as j from ${records}`;
  const structure = JSON.stringify({ [row]: "JSON", [table.key]: "VARCHAR" });
  const name = `struct_extract(x, ${quoteText(table.key)})`;
  const named = `case when starts_with(${name}, ${quoteText(table.prefix)}) then substr(${name}, ${table.prefix.length + 1}) end`;
  return `select struct_extract(x, ${quoteText(row)}) as j, ${named} as t from (select from_json(json, ${quoteText(structure)}) as x from ${records})`;
}

/** Lines that hold no row, with their numbers; the file is read once more only where there are some. */
async function rejectedLines(path: string, shape: RecordShape): Promise<readonly Problem[]> {
  const rejected: Problem[] = [];
  let line = 0;
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const text of lines) {
    line++;
    const problem = text.trim() === "" ? undefined : problemOf(text, shape);
    if (problem !== undefined) rejected.push({ line, ...problem, text });
  }
  return rejected;
}

function problemOf(text: string, shape: RecordShape): Pick<Problem, "message" | "column"> | undefined {
  try {
    const record: unknown = JSON.parse(text);
    const row = shape.row === undefined ? record : (record as { readonly properties?: unknown } | null)?.properties;
    if (typeof row === "object" && row !== null && !Array.isArray(row)) return undefined;
    return { column: 1, message: "expected a JSON object, one row a line" };
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    const column = at === undefined ? text.length + 1 : Number(at) + 1;
    return {
      column,
      message: "the line is no whole JSON object; export it again, or mend it and ingest the file once more",
    };
  }
}
