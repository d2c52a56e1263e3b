import { open } from "node:fs/promises";
import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { azureDiagnosticsSource } from "./azureDiagnostics.ts";
import { cloudTrailSource } from "./cloudTrail.ts";
import { csvSource } from "./csv.ts";
import { jsonObjectsSource } from "./jsonLines.ts";
import { parquetSource } from "./parquet.ts";
import { plainText } from "./plainText.ts";
import { type JsonLayout, recordsSql } from "./records.ts";
import { primaryResultFrames, tableBodySource } from "./tables.ts";

const HEAD_BYTES = 65_536;

/** A file that can't be read as rows: what was found, and the next move. */
export class UnreadableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnreadableError";
  }
}

/** Looks into a file, tells its format, and says how its rows are read. */
export async function sourceOf(
  path: string,
  workFolder: string,
  connection: DuckDBConnection,
  tableGiven: boolean,
): Promise<RowSource> {
  const head = await headOf(path);
  if (head.subarray(0, 4).toString("latin1") === "PAR1") return parquetSource(path, connection);
  if (head.subarray(0, 7).toString("latin1") === "ElfFile")
    throw new UnreadableError(
      "this is a Windows event log (EVTX), which Goshawk does not read yet; convert it to JSON lines of table rows first",
    );
  if (head.length === 0) throw new UnreadableError("the file is empty; export it again");
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!marked && head.includes(0))
    throw new UnreadableError(
      "the file is binary and of no format known here; expected CSV, JSON, Parquet, gzip, zip or tar",
    );
  const plain = await plainText(path, head, workFolder);
  const source = await textSource(plain.path, workFolder, connection, tableGiven);
  return { ...source, notes: [...plain.notes, ...source.notes] };
}

async function textSource(
  path: string,
  workFolder: string,
  connection: DuckDBConnection,
  tableGiven: boolean,
): Promise<RowSource> {
  const text = (await headOf(path)).toString("utf8");
  if (text.trim() === "") throw new UnreadableError("the file is empty; export it again");
  const first = text.trimStart()[0];
  if (first === "{" || first === "[") return jsonSource(path, text, connection, tableGiven);
  if (!/[,\n]/.test(text))
    throw new UnreadableError("neither CSV nor JSON was found here; expected one of them, Parquet, gzip, zip or tar");
  return csvSource(path, workFolder, connection);
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function jsonSource(
  path: string,
  head: string,
  connection: DuckDBConnection,
  tableGiven: boolean,
): Promise<RowSource> {
  const layout = layoutOf(head);
  const first = layout === "newline_delimited" ? firstObject(head) : undefined;
  const keys = new Set(first === undefined ? await firstKeys(path, layout, connection) : Object.keys(first));
  const has = (...names: readonly string[]): boolean => names.every((name) => keys.has(name));
  if (has("FrameType")) return tableBodySource(path, kustoV2, connection);
  if (has("Tables")) return tableBodySource(path, kustoV1, connection);
  if (has("tables")) return tableBodySource(path, logAnalyticsApi, connection);
  if (has("results", "schema"))
    return jsonObjectsSource(path, { format: "Graph runHuntingQuery", layout, list: "$.results" }, connection);
  if (has("Results", "Schema"))
    return jsonObjectsSource(path, { format: "Defender API", layout, list: "$.Results" }, connection);
  if (has("Records")) return cloudTrailSource(path, layout, "$.Records");
  if (has("eventSource", "eventName", "userIdentity")) return cloudTrailSource(path, layout);
  if (has("records")) return enveloped(path, layout, "$.records", connection);
  if (has("category", "properties") || has("category", "resourceId"))
    return enveloped(path, layout, undefined, connection, first?.category);
  if (!tableGiven) refuseWindowsEvents(keys);
  const tableField = has("Type", "TimeGenerated") ? { tableField: "Type" } : {};
  return jsonObjectsSource(
    path,
    { format: layout === "newline_delimited" ? "JSON lines" : "JSON", layout, ...tableField },
    connection,
  );
}

/** One object a line, unless the first line alone is no whole value. */
function layoutOf(head: string): JsonLayout {
  const text = head.trimStart();
  if (text.startsWith("[")) return "array";
  const line = text.slice(0, text.search(/[\r\n]|$/));
  try {
    JSON.parse(line);
    return "newline_delimited";
  } catch {
    // A first line longer than what was read, or cut in half: JSON lines all the same, unless the object goes on below.
    return /^\{\s*$/.test(line) ||
      (/[\r\n]\s+\S/.test(text.slice(line.length, line.length + 40)) && !/\}\s*$/.test(line))
      ? "unstructured"
      : "newline_delimited";
  }
}

/** The first object among the whole lines of a file's beginning. */
function firstObject(head: string): { readonly category?: unknown } | undefined {
  for (const line of head.split("\n").slice(0, -1)) {
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    } catch {}
  }
  return undefined;
}

async function firstKeys(path: string, layout: JsonLayout, connection: DuckDBConnection): Promise<readonly string[]> {
  const keys = `select unnest(json_keys(json)) from (select json from ${recordsSql(path, layout)} where json_type(json) = 'OBJECT' limit 1)`;
  return (await textRows(connection, keys)).map(([key = ""]) => key);
}

const kustoV1 = {
  format: "Kusto v1",
  layout: "unstructured",
  columns: "$.Tables[0].Columns",
  rows: "$.Tables[0].Rows",
  name: "ColumnName",
  type: "ColumnType",
} as const;
const logAnalyticsApi = {
  format: "Log Analytics API",
  layout: "unstructured",
  columns: "$.tables[0].columns",
  rows: "$.tables[0].rows",
  name: "name",
  type: "type",
} as const;
const kustoV2 = {
  format: "Kusto v2",
  layout: "array",
  frames: primaryResultFrames,
  columns: "$.Columns",
  rows: "$.Rows",
  name: "ColumnName",
  type: "ColumnType",
} as const;

async function firstCategory(records: string, connection: DuckDBConnection): Promise<string> {
  const category = `coalesce(json_extract_string(json, '$.category'), '')`;
  const [[first = ""] = []] = await textRows(
    connection,
    `select ${category} from ${records} where json is not null limit 1`,
  );
  return first;
}

/** Azure's envelopes: Defender streaming, or other diagnostic settings. */
async function enveloped(
  path: string,
  layout: JsonLayout,
  list: string | undefined,
  connection: DuckDBConnection,
  seen?: unknown,
): Promise<RowSource> {
  const prefix = "AdvancedHunting-";
  const category = typeof seen === "string" ? seen : await firstCategory(recordsSql(path, layout, list), connection);
  if (!category.startsWith(prefix)) return azureDiagnosticsSource(path, layout, list, connection);
  const format = list === undefined ? "Defender streaming" : "Defender streaming (Event Hub)";
  const shape = {
    format,
    layout,
    row: "properties",
    table: { key: "category", prefix },
    ...(list === undefined ? {} : { list }),
  };
  return jsonObjectsSource(path, shape, connection);
}

/** Their mapping to the Defender and Sentinel tables is not built yet, and as a table of their own no rule would find them. */
function refuseWindowsEvents(keys: ReadonlySet<string>): void {
  const windows =
    (keys.has("EventID") && keys.has("Channel") && !keys.has("TimeGenerated")) ||
    keys.has("winlog") ||
    keys.has("event_data") ||
    keys.has("Event");
  if (windows)
    throw new UnreadableError(
      "these are raw Windows events, whose mapping to tables Goshawk does not have yet; --table NAME_CL stores them as a custom table",
    );
}
