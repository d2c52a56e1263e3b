import { open } from "node:fs/promises";
import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { evtxSource, jsonEventSource, windowsShape } from "../windows/eventSources.ts";
import { kustoV1, kustoV2, logAnalyticsApi } from "./apiBodies.ts";
import { azureDiagnosticsSources } from "./azureDiagnostics.ts";
import { cloudTrailSource } from "./cloudTrail.ts";
import { csvSource } from "./csv.ts";
import { linesOfHalfPairs, withoutHalfPairs } from "./halfPairs.ts";
import { jsonObjectsSource } from "./jsonLines.ts";
import { parquetSource } from "./parquet.ts";
import { type JsonLayout, recordsSql } from "./records.ts";
import { tableBodySource } from "./tables.ts";
import { transcoded, utf16Of, withoutMark } from "./textFile.ts";
import { UnreadableError } from "./unreadable.ts";
import { wholeElements } from "./wholeElements.ts";

const HEAD_BYTES = 65_536;

/** Looks into a file, tells its format, and says how its rows are read; several ways where it mixes kinds of records. */
export async function sourcesOf(
  path: string,
  workFolder: string,
  connection: DuckDBConnection,
  tableGiven: boolean,
): Promise<readonly RowSource[]> {
  const head = await headOf(path);
  const text = head.toString("utf8").replace(/^\ufeff/, "");
  if (head.subarray(0, 4).toString("latin1") === "PAR1") return [await parquetSource(path, connection)];
  if (head.subarray(0, 7).toString("latin1") === "ElfFile") return [await evtxSource(path, workFolder, connection)];
  if (text.trim() === "") throw new UnreadableError("the file is empty; export it again");
  const wide = utf16Of(head);
  if (wide !== undefined) {
    const sources = await sourcesOf(await transcoded(path, wide, workFolder), workFolder, connection, tableGiven);
    return sources.map((source) => ({ ...source, format: `${wide.toUpperCase()}, ${source.format}` }));
  }
  if (head.includes(0))
    throw new UnreadableError(
      "the file is binary and of no format known here; expected CSV, JSON, Parquet, gzip, zip or tar",
    );
  const first = text.trimStart()[0];
  if (first === "{" || first === "[") {
    const marked = head[0] === 0xef;
    return jsonSources(marked ? await withoutMark(path, workFolder) : path, text, workFolder, connection, tableGiven);
  }
  if (!/[,;\t|\n]/.test(text))
    throw new UnreadableError("neither CSV nor JSON was found here; expected one of them, Parquet, gzip, zip or tar");
  return [await csvSource(path, workFolder, connection)];
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

/** Reads what is whole where a list is cut off, and lines whose only fault is half a character. */
async function jsonSources(
  path: string,
  head: string,
  workFolder: string,
  connection: DuckDBConnection,
  tableGiven: boolean,
): Promise<readonly RowSource[]> {
  const read = async (from: string, text: string): Promise<readonly RowSource[]> => {
    const found = await jsonSource(from, text, workFolder, connection, tableGiven);
    return "sql" in found ? [found] : found;
  };
  try {
    const sources = await read(path, head);
    const halved = linesOfHalfPairs(sources.flatMap((source) => source.rejected));
    if (halved.size === 0) return sources;
    const mended = await withoutHalfPairs(path, halved, workFolder);
    return (await read(mended.path, head)).map(noted(halfPairNote(mended.changed)));
  } catch (error) {
    if (error instanceof UnreadableError || layoutOf(head) === "newline_delimited") throw error;
    const whole = await wholeElements(path, workFolder);
    if (whole === undefined) {
      const mended = await withoutHalfPairs(path, "all", workFolder);
      if (mended.changed === 0) throw error;
      return (await read(mended.path, head)).map(noted(halfPairNote(mended.changed)));
    }
    const message = `the JSON ends in the middle of its list; the ${whole.count} whole records before were read: export it again`;
    const cut = { line: whole.line, column: whole.column, message };
    const sources = await read(whole.path, (await headOf(whole.path)).toString("utf8"));
    return sources.map((source, index) => (index > 0 ? source : { ...source, problems: [cut, ...source.problems] }));
  }
}

function halfPairNote(lines: number): string {
  return `${lines} ${lines === 1 ? "line holds" : "lines hold"} half of a UTF-16 pair (such as \\ud83d alone); it was read as U+FFFD`;
}

const noted =
  (note: string) =>
  (source: RowSource, index: number): RowSource =>
    index > 0 ? source : { ...source, notes: [note, ...source.notes] };

async function jsonSource(
  path: string,
  head: string,
  workFolder: string,
  connection: DuckDBConnection,
  tableGiven: boolean,
): Promise<RowSource | readonly RowSource[]> {
  const layout = layoutOf(head);
  if (/^\[\s*\{\s*"FrameType"/.test(head.trimStart())) return tableBodySource(path, kustoV2, connection);
  const first = firstLineObject(head);
  const keys = new Set(first === undefined ? await firstKeys(path, layout, connection) : Object.keys(first));
  const has = (...names: readonly string[]): boolean => names.every((name) => keys.has(name));
  if (has("FrameType")) return tableBodySource(path, kustoV2, connection);
  if (has("Tables")) return tableBodySource(path, kustoV1, connection);
  if (has("tables")) return tableBodySource(path, logAnalyticsApi, connection);
  if (has("results", "schema"))
    return jsonObjectsSource(path, { format: "Graph runHuntingQuery", layout, list: "$.results" }, connection);
  if (has("Results", "Schema"))
    return jsonObjectsSource(path, { format: "Defender API", layout, list: "$.Results" }, connection);
  if (has("Records")) return cloudTrailSource(path, layout, connection, "$.Records");
  if (has("eventSource", "eventName", "userIdentity")) return cloudTrailSource(path, layout, connection);
  if (has("records")) return enveloped(path, layout, "$.records", connection);
  if (has("category", "properties") || has("category", "resourceId"))
    return enveloped(path, layout, undefined, connection, first?.category);
  const shape = windowsShape(keys);
  if (shape !== undefined && !tableGiven) return jsonEventSource(path, layout, shape, workFolder, connection);
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
  } catch (error) {
    // One value behind the other without a line end between them.
    const behind = /after JSON at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    if (behind !== undefined && line[Number(behind)] === "{") return "unstructured";
    // A first line longer than what was read, or cut in half: JSON lines all the same, unless the object goes on below.
    return /^\{\s*$/.test(line) ||
      (/[\r\n]\s+\S/.test(text.slice(line.length, line.length + 40)) && !/\}\s*$/.test(line))
      ? "unstructured"
      : "newline_delimited";
  }
}

/** The object in the first line, where that is one; it saves the engine a look into the file. */
function firstLineObject(head: string): Readonly<Record<string, unknown>> | undefined {
  const line = head.trimStart().split("\n", 1)[0] ?? "";
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

async function firstKeys(path: string, layout: JsonLayout, connection: DuckDBConnection): Promise<readonly string[]> {
  const keys = `select unnest(json_keys(json)) from (select json from ${recordsSql(path, layout)} where json_type(json) = 'OBJECT' limit 1)`;
  return (await textRows(connection, keys)).map(([key = ""]) => key);
}

/** Azure's envelopes: Defender streaming, or other diagnostic settings. */
async function enveloped(
  path: string,
  layout: JsonLayout,
  list: string | undefined,
  connection: DuckDBConnection,
  seen?: unknown,
): Promise<RowSource | readonly RowSource[]> {
  const prefix = "AdvancedHunting-";
  const category = typeof seen === "string" ? seen : await firstCategory(recordsSql(path, layout, list), connection);
  if (!category.startsWith(prefix)) return azureDiagnosticsSources(path, layout, list, connection);
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

async function firstCategory(records: string, connection: DuckDBConnection): Promise<string> {
  const [[category = ""] = []] = await textRows(
    connection,
    `select coalesce(json_extract_string(json, '$.category'), '') from ${records} where json is not null limit 1`,
  );
  return category;
}
