import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import { catalogueTable, catalogueTableNames } from "../../catalogue/catalogue.ts";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { type JsonLayout, recordsSql } from "./records.ts";

/** Keys of the envelope that a table calls otherwise. */
const renamed: Readonly<Record<string, string>> = {
  time: "TimeGenerated",
  callerIpAddress: "IPAddress",
  tenantId: "AADTenantId",
  resourceId: "ResourceId",
};

/** Rows of Azure diagnostic settings: the envelope's and the properties' keys, in the spelling of the category's table. */
export async function azureDiagnosticsSource(
  path: string,
  layout: JsonLayout,
  list: string | undefined,
  connection: DuckDBConnection,
): Promise<RowSource> {
  const records = recordsSql(path, layout, list);
  const [[category = ""] = []] = await textRows(
    connection,
    `select json_extract_string(json, '$.category') from ${records} limit 1`,
  );
  const table = catalogueTableNames().find((name) => name.toLowerCase() === category.toLowerCase());
  const spelled = new Map(
    catalogueTable(table ?? "")?.columns.map((column) => [column.name.toLowerCase(), column.name] as const),
  );
  const keys = async (of: string): Promise<readonly string[]> =>
    (await textRows(connection, `select distinct unnest(json_keys(${of})) as k from ${records} order by k`)).map(
      ([key = ""]) => key,
    );
  const outer = (await keys("json")).filter((key) => key !== "properties").map((key) => ({ key, path: `$."${key}"` }));
  const inner = (await keys("json_extract(json, '$.properties')")).map((key) => ({
    key,
    path: `$.properties."${key}"`,
  }));
  const found = new Map<string, string>();
  for (const { key, path: at } of [...outer, ...inner])
    found.set(renamed[key] ?? spelled.get(key.toLowerCase()) ?? key, at);
  const fields = [...found.keys()];
  const cells = [...found.values()].map((at, index) => `json_extract_string(json, ${quoteText(at)}) as f${index}`);
  return {
    format: "Azure diagnostic settings",
    sql: `select ${["row_number() over () as _line", ...cells].join(", ")} from ${records} where json is not null`,
    fields,
    ...(category === "" ? {} : { table: table ?? category }),
    rejected: [],
    problems: [],
    notes: [],
  };
}
