import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { recordsSql } from "./records.ts";
import { UnreadableError } from "./unreadable.ts";

/** A body that holds a table as columns and rows of cells: where both stand. */
export interface TableBody {
  readonly format: string;
  readonly layout: "array" | "unstructured";
  /** SQL over the body's values (`json`): one row for each result table, its `columns` and its `id`, as JSON. */
  readonly tables: (values: string) => string;
  /** SQL over the body's values: the JSON list `rows` of the table with the id, in pieces, in order. */
  readonly rows: (values: string, id: string) => string;
  /** SQL over the body's values: texts that say what went wrong while the answer was made. */
  readonly errors?: (values: string) => string;
  /** Keys of a column's name and type. */
  readonly name: string;
  readonly type: string;
}

/** The table of an API's answer; its types are taken over. */
export async function tableBodySource(path: string, body: TableBody, connection: DuckDBConnection): Promise<RowSource> {
  const values = recordsSql(path, body.layout, undefined, true);
  const tables = await textRows(connection, `select id, columns from (${body.tables(values)})`);
  const [[id = "", columnList = "[]"] = []] = tables;
  if (tables.length === 0) throw new UnreadableError(`this ${body.format} answer holds no result table; ask again`);
  const at = (key: string): string => `json_extract_string(c, ${quoteText(`$.${key}`)})`;
  const columns = await textRows(
    connection,
    `select ${at(body.name)}, coalesce(${at(body.type)}, '') from (select unnest(from_json(${quoteText(columnList)}, '["JSON"]')) as c)`,
  );
  const errors = body.errors === undefined ? [] : await textRows(connection, body.errors(values));
  const fields = columns.map(([name = ""]) => name);
  const cells = fields.map((_, index) => `json_extract_string(j, '$[${index}]') as f${index}`);
  const rows = `select unnest(from_json(rows, '["JSON"]')) as j from (${body.rows(values, id)})`;
  return {
    format: body.format,
    sql: `select ${["row_number() over () as _line", ...cells].join(", ")} from (${rows})`,
    fields,
    types: new Map(columns.map(([name = "", type = ""]) => [name, type] as const)),
    ...(fields.includes("Type") ? { tableField: "Type" } : {}),
    rejected: [],
    problems: [
      ...(tables.length === 1
        ? []
        : [
            {
              message: `the answer holds ${tables.length} result tables and only the first was stored; ask for them one by one`,
            },
          ]),
      ...errors.map(([text = ""]) => ({ message: `the answer is not complete: ${text}; ask again` })),
    ],
    notes: [],
  };
}
