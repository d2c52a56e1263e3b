import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/duckdb";
import { quoteIdentifier } from "@goshawk/kql";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";

/** A Parquet file; times become ISO text with all their digits, so that one conversion serves all formats. */
export async function parquetSource(path: string, connection: DuckDBConnection): Promise<RowSource> {
  const from = parquetFilesSql([path]);
  const columns = await textRows(connection, `select column_name, column_type from (describe select * from ${from})`);
  const cells = columns.map(([name = "", type = ""], index) => `${asText(quoteIdentifier(name), type)} as f${index}`);
  return {
    format: "Parquet",
    sql: `select ${["row_number() over () as _line", ...cells].join(", ")} from ${from}`,
    fields: columns.map(([name = ""]) => name),
    types: new Map(columns.map(([name = "", type = ""]) => [name, kqlTypes[type] ?? ""] as const)),
    rejected: [],
    problems: [],
    notes: [],
  };
}

const kqlTypes: Readonly<Record<string, string>> = {
  BOOLEAN: "bool",
  TINYINT: "int",
  SMALLINT: "int",
  INTEGER: "int",
  BIGINT: "long",
  FLOAT: "real",
  DOUBLE: "real",
  UUID: "guid",
  JSON: "dynamic",
  TIMESTAMP: "datetime",
  TIMESTAMP_NS: "datetime",
  "TIMESTAMP WITH TIME ZONE": "datetime",
  DATE: "datetime",
};

function asText(column: string, type: string): string {
  if (type === "TIMESTAMP_NS") return `replace(cast(${column} as VARCHAR), ' ', 'T') || 'Z'`;
  if (type.startsWith("TIMESTAMP") || type === "DATE")
    return `strftime(cast(${column} as TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%f') || 'Z'`;
  if (type.endsWith("[]") || type.startsWith("STRUCT") || type.startsWith("MAP"))
    return `cast(to_json(${column}) as VARCHAR)`;
  return `cast(${column} as VARCHAR)`;
}
