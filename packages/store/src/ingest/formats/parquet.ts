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
    types: new Map(columns.map(([name = "", type = ""]) => [name, kqlTypeOf(type) ?? ""] as const)),
    rejected: [],
    problems: [],
    notes: [...textNotes(columns), ...(await fineNotes(columns, from, connection))],
  };
}

const kqlTypes: Readonly<Record<string, string>> = {
  VARCHAR: "",
  BLOB: "",
  BOOLEAN: "bool",
  TINYINT: "int",
  SMALLINT: "int",
  INTEGER: "int",
  UTINYINT: "int",
  USMALLINT: "int",
  UINTEGER: "long",
  BIGINT: "long",
  UBIGINT: "decimal",
  FLOAT: "real",
  DOUBLE: "real",
  UUID: "guid",
  JSON: "dynamic",
  TIMESTAMP: "datetime",
  TIMESTAMP_S: "datetime",
  TIMESTAMP_MS: "datetime",
  TIMESTAMP_NS: "datetime",
  TIME: "timespan",
  "TIMESTAMP WITH TIME ZONE": "datetime",
  DATE: "datetime",
};

/** The type of a column whose values Kusto can hold; "" where the values tell, undefined where only text keeps them. */
function kqlTypeOf(type: string): string | undefined {
  if (isNested(type)) return "dynamic";
  return isHeldDecimal(type) ? "decimal" : kqlTypes[type];
}

/** A DECIMAL of which every value is one of Kusto's as it is stored here, with 20 digits before the point and 18 behind it. */
export function isHeldDecimal(type: string): boolean {
  const [, width = "99", scale = "99"] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  return Number(scale) <= 18 && Number(width) - Number(scale) <= 20;
}

function isNested(type: string): boolean {
  return type.endsWith("]") || /^(STRUCT|MAP|UNION)\(/.test(type);
}

type Columns = readonly (readonly string[])[];

function textNotes(columns: Columns): readonly string[] {
  return columns
    .filter(([, type = ""]) => type === "BLOB" || kqlTypeOf(type) === undefined)
    .map(([name = "", type = ""]) =>
      type === "BLOB"
        ? `${name} is binary in the file; what is no UTF-8 text is stored in base64`
        : `${name} is ${type} in the file, which no type of Kusto holds exactly; it is stored as text`,
    );
}

async function fineNotes(columns: Columns, from: string, connection: DuckDBConnection): Promise<readonly string[]> {
  const fine = columns.filter(([, type]) => type === "TIMESTAMP_NS").map(([name = ""]) => name);
  if (fine.length === 0) return [];
  const counts = fine.map((name) => `count(*) filter (where epoch_ns(${quoteIdentifier(name)}) % 100 <> 0)`);
  const [row = []] = await textRows(connection, `select ${counts.join(", ")} from ${from}`);
  return fine.flatMap((name, place) =>
    row[place] === "0" ? [] : [`${row[place]} times of ${name} are finer than 100 nanoseconds, and cut off there`],
  );
}

function asText(column: string, type: string): string {
  if (type === "TIMESTAMP_NS") return `replace(cast(${column} as VARCHAR), ' ', 'T') || 'Z'`;
  if (type.startsWith("TIMESTAMP") || type === "DATE")
    return `strftime(cast(${column} as TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%f') || 'Z'`;
  if (isNested(type)) return `cast(to_json(${column}) as VARCHAR)`;
  // Nearest to a float is another text than nearest to its double.
  if (type === "FLOAT") return `cast(cast(${column} as DOUBLE) as VARCHAR)`;
  if (type === "BLOB") return `coalesce(try(decode(${column})), to_base64(${column}))`;
  return `cast(${column} as VARCHAR)`;
}
