import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import { textRows } from "./sql.ts";
import type { LostRecord, RowSource } from "./rowSource.ts";

const MAX_OBJECT_BYTES = 64 * 2 ** 20;
const SHOWN_LOST = 100;

/** Which part of each record is the row. */
export interface RecordShape {
  readonly format: string;
  /** JSON path of the object that holds the row; the record itself when absent. */
  readonly row?: string;
  /** JSON path of a text that names the table. */
  readonly table?: string;
}

/** A file of JSON objects, one a line. */
export async function jsonLinesSource(path: string, shape: RecordShape, connection: DuckDBConnection): Promise<RowSource> {
  const records = `read_ndjson_objects(${quoteText(path)}, ignore_errors = true, maximum_object_size = ${MAX_OBJECT_BYTES})`;
  const row = shape.row === undefined ? "json" : `json_extract(json, ${quoteText(shape.row)})`;
  const keys = await textRows(connection, `select distinct unnest(json_keys(${row})) as k from ${records} order by k`);
  const fields = keys.map(([key = ""]) => key);
  const named = shape.table === undefined ? [] : ["$category"];
  const values = fields.map((field, index) => `struct_extract(r, ${quoteText(field)}) as f${index}`);
  const byName = `{${fields.map((field) => `${JSON.stringify(field)}:"VARCHAR"`).join(",")}}`;
  const category = shape.table === undefined ? [] : [`c as f${fields.length}`];
  const inner = [
    "row_number() over () as _line",
    `from_json(${row}, ${quoteText(byName)}) as r`,
    ...(shape.table === undefined ? [] : [`json_extract_string(json, ${quoteText(shape.table)}) as c`]),
    "json is null as lost",
  ];
  const sql = `select _line, ${[...values, ...category].join(", ")} from (select ${inner.join(", ")} from ${records}) where not lost`;
  const lost = await lostRecords(path, records, connection);
  return {
    format: shape.format,
    sql,
    fields: [...fields, ...named],
    ...(shape.table === undefined ? {} : { tableField: "$category" }),
    lost,
    notes: [],
  };
}

/** Lines that are no JSON, with their numbers; the file is read once more only where there are some. */
async function lostRecords(path: string, records: string, connection: DuckDBConnection): Promise<readonly LostRecord[]> {
  const [[count = "0"] = []] = await textRows(connection, `select count(*) from ${records} where json is null`);
  if (count === "0") return [];
  const lost: LostRecord[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === "" || isJson(text)) continue;
    if (lost.length < SHOWN_LOST) lost.push({ line, text });
    else lost.push({ line, text: "" });
  }
  return lost;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
