import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import { catalogueTable, catalogueTableNames } from "../../catalogue/catalogue.ts";
import type { RowSource } from "../rowSource.ts";
import { type JsonLayout, keyPath, recordsSql } from "./records.ts";
import { rejectionsOf } from "./rejectedLines.ts";
import { surveyRecords } from "./survey.ts";

/** Keys of the envelope that a table calls otherwise. */
const renamed: Readonly<Record<string, string>> = {
  time: "TimeGenerated",
  callerIpAddress: "IPAddress",
  tenantId: "AADTenantId",
  resourceId: "ResourceId",
};

/** Tables of Entra ID whose names have a prefix that the category lacks. */
const prefixes = ["", "AAD"];

/** Rows of Azure diagnostic settings: the envelope's and the properties' keys, in the spelling of each category's table. */
export async function azureDiagnosticsSources(
  path: string,
  layout: JsonLayout,
  list: string | undefined,
  connection: DuckDBConnection,
): Promise<readonly RowSource[]> {
  const shape = { layout, ...(list === undefined ? {} : { list }) };
  const envelope = await surveyRecords(path, { ...shape, name: "category" }, connection);
  const properties = await surveyRecords(path, { ...shape, name: "category", row: "properties" }, connection);
  const rejections = await rejectionsOf(path, shape, envelope.odd, connection);
  const records = `(select json, row_number() over () as _line from ${recordsSql(path, layout, list)})`;
  return [...envelope.byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([category, outer], index) => ({
      ...categorySource(category, outer, properties.byName.get(category) ?? new Set(), records),
      ...(index === 0 ? rejections : { rejected: [], problems: [] }),
    }));
}

function categorySource(
  category: string,
  outer: ReadonlySet<string>,
  inner: ReadonlySet<string>,
  records: string,
): Omit<RowSource, "rejected" | "problems"> {
  const table = tableOf(category);
  const spelled = new Map(
    catalogueTable(table ?? "")?.columns.map((column) => [column.name.toLowerCase(), column.name] as const),
  );
  const column = (key: string): string => renamed[key] ?? spelled.get(key.toLowerCase()) ?? key;
  const found = new Map<string, string[]>();
  const add = (name: string, path: string): void => {
    found.set(name, [...(found.get(name) ?? []), `json_extract_string(json, ${quoteText(path)})`]);
  };
  // The event's own words before those of the envelope.
  for (const key of [...inner].sort()) add(column(key), keyPath("properties", key));
  for (const key of [...outer].sort()) if (key !== "properties") add(column(key), keyPath(key));
  if (outer.has("properties") && inner.size === 0) add(column("properties"), keyPath("properties"));
  const cells = [...found.values()].map((texts, index) => `coalesce(${texts.join(", ")}) as f${index}`);
  const where = `json_type(json) = 'OBJECT' and coalesce(json_extract_string(json, '$.category'), '') = ${quoteText(category)}`;
  return {
    format: "Azure diagnostic settings",
    sql: `select ${["_line", ...cells].join(", ")} from ${records} where ${where}`,
    fields: [...found.keys()],
    ...(category === "" ? {} : { table: table ?? category }),
    notes: [],
  };
}

function tableOf(category: string): string | undefined {
  const wanted = new Set(prefixes.map((prefix) => `${prefix}${category}`.toLowerCase()));
  return catalogueTableNames().find((name) => wanted.has(name.toLowerCase()));
}
