import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import type { Problem } from "../../store/receipt.ts";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { type JsonLayout, recordsSql } from "./records.ts";

/** Which part of each record is the row. */
export interface RecordShape {
  readonly format: string;
  readonly layout: JsonLayout;
  /** JSON path of the list of records inside a body, such as `$.records`. */
  readonly list?: string;
  /** JSON path of the object that holds the row; the record itself when absent. */
  readonly row?: string;
  /** JSON path of a text that names the table, after a prefix. */
  readonly table?: { readonly path: string; readonly prefix: string };
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
  const row = shape.row === undefined ? "json" : `json_extract(json, ${quoteText(shape.row)})`;
  const keys = await textRows(
    connection,
    `select distinct unnest(json_keys(${row})) as k from ${records} where json_type(${row}) = 'OBJECT' order by k`,
  );
  const fields = keys.map(([key = ""]) => key);
  const odd = `select count(*) from ${records} where json is null or json_type(${row}) is distinct from 'OBJECT'`;
  const [[lost = "0"] = []] = await textRows(connection, odd);
  const structure = `{${fields.map((field) => `${JSON.stringify(field)}:"VARCHAR"`).join(",")}}`;
  const values = fields.map((field, index) => `struct_extract(r, ${quoteText(field)}) as f${index}`);
  const inner = [
    "row_number() over () as _line",
    `${row} as j`,
    ...(shape.table === undefined ? [] : [tableSql(shape.table)]),
  ];
  const named = shape.table === undefined ? [] : [`t as f${fields.length}`];
  const parsed = `select *, from_json(j, ${quoteText(structure)}) as r from (select ${inner.join(", ")} from ${records}) where json_type(j) = 'OBJECT'`;
  const tableField = shape.table === undefined ? shape.tableField : namedTable;
  return {
    format: shape.format,
    sql: `select ${["_line", ...values, ...named].join(", ")} from (${parsed})`,
    fields: shape.table === undefined ? fields : [...fields, namedTable],
    ...(tableField === undefined ? {} : { tableField }),
    rejected: lost === "0" || shape.layout !== "newline_delimited" ? [] : await rejectedLines(path, shape),
    problems: [],
    notes: [],
  };
}

function tableSql({ path, prefix }: { readonly path: string; readonly prefix: string }): string {
  const text = `json_extract_string(json, ${quoteText(path)})`;
  return `case when starts_with(${text}, ${quoteText(prefix)}) then substr(${text}, ${prefix.length + 1}) end as t`;
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
