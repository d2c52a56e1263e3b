import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { recordsSql } from "./records.ts";

/** A body that holds a table as columns and rows of cells: where both stand, as JSON paths. */
export interface TableBody {
  readonly format: string;
  readonly layout: "array" | "unstructured";
  /** SQL of the values that hold the columns and of those that hold the rows, where a body has several. */
  readonly frames?: (values: string) => { readonly columns: string; readonly rows: string };
  readonly columns: string;
  readonly rows: string;
  /** Keys of a column's name and type. */
  readonly name: string;
  readonly type: string;
}

/** The table of an API's answer; its types are taken over. */
export async function tableBodySource(path: string, body: TableBody, connection: DuckDBConnection): Promise<RowSource> {
  const values = recordsSql(path, body.layout);
  const frames = body.frames?.(values) ?? {
    columns: `(select json from ${values} limit 1)`,
    rows: `(select json from ${values} limit 1)`,
  };
  const list = (at: string): string => `unnest(from_json(json_extract(json, ${quoteText(at)}), '["JSON"]'))`;
  const columns = await textRows(
    connection,
    `select json_extract_string(c, ${quoteText(`$.${body.name}`)}), coalesce(json_extract_string(c, ${quoteText(`$.${body.type}`)}), '') from (select ${list(body.columns)} as c from ${frames.columns})`,
  );
  const fields = columns.map(([name = ""]) => name);
  const cells = fields.map((_, index) => `json_extract_string(j, '$[${index}]') as f${index}`);
  return {
    format: body.format,
    sql: `select ${["row_number() over () as _line", ...cells].join(", ")} from (select ${list(body.rows)} as j from ${frames.rows})`,
    fields,
    types: new Map(columns.map(([name = "", type = ""]) => [name, type] as const)),
    ...(fields.includes("Type") ? { tableField: "Type" } : {}),
    rejected: [],
    problems: [],
    notes: [],
  };
}

/**
 * The primary result of Kusto's frames: whole in a DataTable, or a TableHeader and the fragments that follow it, of which
 * each DataReplace takes back all before it.
 */
export function primaryResultFrames(values: string): { readonly columns: string; readonly rows: string } {
  const text = (key: string): string => `json_extract_string(json, '$.${key}')`;
  const head = `(select json from ${values} where ${text("TableKind")} = 'PrimaryResult' and ${text("FrameType")} in ('DataTable', 'TableHeader') limit 1)`;
  const id = `(select ${text("TableId")} from ${head})`;
  const numbered = `(select json, row_number() over () as n from ${values})`;
  const own = `(select json, n from ${numbered} where ${text("TableId")} = ${id} and ${text("FrameType")} in ('DataTable', 'TableFragment'))`;
  const replaced = `(select coalesce(max(n), 0) from ${own} where ${text("TableFragmentType")} = 'DataReplace')`;
  return { columns: head, rows: `(select json from ${own} where n >= ${replaced} order by n)` };
}
