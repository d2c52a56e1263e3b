import { quoteText } from "@goshawk/kql";
import type { TableBody } from "./tables.ts";

/** The elements of a JSON list in a body, with their places. */
function listed(values: string, path: string): string {
  return `(select unnest(from_json(json_extract(json, ${quoteText(path)}), '["JSON"]')) as t, generate_subscripts(from_json(json_extract(json, ${quoteText(path)}), '["JSON"]'), 1) as i from ${values})`;
}

/** A body with a list of whole tables, the first of which is the result. */
function wholeTables(list: string, columns: string, rows: string): Pick<TableBody, "tables" | "rows"> {
  return {
    tables: (values) =>
      `select i as id, json_extract(t, ${quoteText(`$.${columns}`)}) as columns from ${listed(values, list)} order by i`,
    rows: (values, id) =>
      `select json_extract(t, ${quoteText(`$.${rows}`)}) as rows from ${listed(values, list)} where i = ${Number(id)}`,
  };
}

export const logAnalyticsApi: TableBody = {
  format: "Log Analytics API",
  layout: "unstructured",
  ...wholeTables("$.tables", "columns", "rows"),
  errors: (values) =>
    `select json_extract_string(json, '$.error.message') from ${values} where json_extract(json, '$.error') is not null`,
  name: "name",
  type: "type",
};

const kustoV1Tables = wholeTables("$.Tables", "Columns", "Rows");

export const kustoV1: TableBody = {
  format: "Kusto v1",
  layout: "unstructured",
  ...kustoV1Tables,
  // Further tables are of the answer's making, save where the last one, a table of contents, calls them results.
  tables: (values) =>
    `select * from (${kustoV1Tables.tables(values)}) where id = 1 or id in (${resultsInContents(values)})`,
  name: "ColumnName",
  type: "ColumnType",
};

function resultsInContents(values: string): string {
  const contents = `(select json_extract(t, '$.Rows') as r from ${listed(values, "$.Tables")} order by i desc limit 1)`;
  const entries = `(select unnest(from_json(r, '["JSON"]')) as e from ${contents})`;
  return `select try_cast(json_extract_string(e, '$[0]') as BIGINT) + 1 from ${entries} where json_extract_string(e, '$[1]') = 'QueryResult'`;
}

const text = (key: string): string => `json_extract_string(json, ${quoteText(`$.${key}`)})`;

/** Tables come whole, or as a header and fragments; a fragment may take back what came before it. */
export const kustoV2: TableBody = {
  format: "Kusto v2",
  layout: "array",
  tables: (values) =>
    `select ${text("TableId")} as id, json_extract(json, '$.Columns') as columns from ${values} where ${text("TableKind")} = 'PrimaryResult' and ${text("FrameType")} in ('DataTable', 'TableHeader')`,
  rows: (values, id) => {
    const frames = `(select json, row_number() over () as i from ${values})`;
    const own = `(select * from ${frames} where ${text("TableId")} = ${quoteText(id)} and ${text("FrameType")} in ('DataTable', 'TableFragment'))`;
    const start = `(select coalesce(max(i), 0) from ${own} where ${text("TableFragmentType")} = 'DataReplace')`;
    return `select json_extract(json, '$.Rows') as rows from ${own} where i >= ${start} order by i`;
  },
  errors: (values) =>
    `select coalesce(json_extract_string(json, '$.OneApiErrors[0].error.message'), 'the service reported errors') from ${values} where ${text("FrameType")} = 'DataSetCompletion' and ${text("HasErrors")} = 'true'`,
  name: "ColumnName",
  type: "ColumnType",
};
