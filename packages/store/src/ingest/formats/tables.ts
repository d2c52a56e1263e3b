import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { recordsSql } from "./records.ts";

/** A body that holds a table as columns and rows of cells: where both stand, as JSON paths. */
export interface TableBody {
  readonly format: string;
  readonly layout: "array" | "unstructured";
  /** SQL condition on `json` that picks the frame, for bodies of several. */
  readonly where?: string;
  readonly columns: string;
  readonly rows: string;
  /** Keys of a column's name and type. */
  readonly name: string;
  readonly type: string;
}

/** The table of an API's answer; its types are taken over. */
export async function tableBodySource(path: string, body: TableBody, connection: DuckDBConnection): Promise<RowSource> {
  const frames = `(select json from ${recordsSql(path, body.layout)} where ${body.where ?? "true"} limit 1)`;
  const list = (at: string): string => `unnest(from_json(json_extract(json, ${quoteText(at)}), '["JSON"]'))`;
  const columns = await textRows(
    connection,
    `select json_extract_string(c, ${quoteText(`$.${body.name}`)}), coalesce(json_extract_string(c, ${quoteText(`$.${body.type}`)}), '') from (select ${list(body.columns)} as c from ${frames})`,
  );
  const fields = columns.map(([name = ""]) => name);
  const cells = fields.map((_, index) => `json_extract_string(j, '$[${index}]') as f${index}`);
  return {
    format: body.format,
    sql: `select ${["row_number() over () as _line", ...cells].join(", ")} from (select ${list(body.rows)} as j from ${frames})`,
    fields,
    types: new Map(columns.map(([name = "", type = ""]) => [name, type] as const)),
    ...(fields.includes("Type") ? { tableField: "Type" } : {}),
    rejected: [],
    problems: [],
    notes: [],
  };
}
