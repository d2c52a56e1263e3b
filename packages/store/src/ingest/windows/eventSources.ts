import { join } from "node:path";
import { type DuckDBConnection, fileSql, parquetFilesSql } from "@goshawk/engine/duckdb";
import { readEvtx } from "../formats/evtx/readEvtx.ts";
import { type JsonLayout, plainFile, recordsSql } from "../formats/records.ts";
import { rejectionsOf } from "../formats/rejectedLines.ts";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { eventTexts } from "./events.ts";
import { eventDataBag } from "./eventXml.ts";
import { evtxDumpEvents } from "./evtxDump.ts";
import { nxlogEvents } from "./nxlog.ts";
import { type StagedEvents, stageEvents } from "./stage.ts";
import { winlogbeatEvents } from "./winlogbeat.ts";

/** A program whose JSON of Windows events is known here. */
interface Shape {
  readonly format: string;
  readonly normal: (records: string) => string;
}

/** Whose JSON it is, by the keys of the first object; undefined when it is no Windows event. */
export function windowsShape(keys: ReadonlySet<string>): Shape | undefined {
  const has = (...names: readonly string[]): boolean => names.every((name) => keys.has(name));
  if (has("winlog")) return { format: "winlogbeat", normal: (records) => winlogbeatEvents(records, "nested") };
  if (has("event_data", "event_id") || has("log_name", "event_id"))
    return { format: "winlogbeat", normal: (records) => winlogbeatEvents(records, "flat") };
  if (has("Event") && keys.size <= 3) return { format: "evtx_dump", normal: evtxDumpEvents };
  return has("Channel", "EventID") && !has("TimeGenerated") ? { format: "NXLog", normal: nxlogEvents } : undefined;
}

let staged = 0;

function stagePath(workFolder: string): string {
  staged++;
  return join(workFolder, `events-${staged}.parquet`);
}

/** Windows events in JSON, put down in the form that all share. */
export async function jsonEventSource(
  path: string,
  layout: JsonLayout,
  { format, normal }: Shape,
  workFolder: string,
  connection: DuckDBConnection,
): Promise<RowSource> {
  const all = recordsSql(path, layout);
  const numbered = `(select * from (select json, row_number() over () as line from ${all}) where json_type(json) = 'OBJECT')`;
  const events = await stageEvents(normal(numbered), stagePath(workFolder), connection);
  const [[count = "0"] = []] = await textRows(connection, `select count(*) from ${all}`);
  const rejections = await rejectionsOf(path, { layout }, Number(count) - events.events, connection);
  return eventSource(`Windows events (${format})`, events, rejections);
}

/** A binary event log, put down in the same form. */
export async function evtxSource(
  path: string,
  workFolder: string,
  connection: DuckDBConnection,
  signal?: AbortSignal,
): Promise<RowSource> {
  const lines = join(workFolder, "evtx.ndjson");
  const { rejected, problems } = await readEvtx(path, lines, signal);
  const columns = ["'line': 'BIGINT'", ...eventTexts.map((name) => `'${name}': 'VARCHAR'`)];
  const from = `read_json(${fileSql(lines)}, ${plainFile}, format = 'newline_delimited', columns = {${columns.join(", ")}, 'data': 'MAP(VARCHAR, VARCHAR)'}, maximum_object_size = ${2 ** 24})`;
  const events = await stageEvents(`select * from ${from}`, stagePath(workFolder), connection);
  return eventSource("EVTX", events, { rejected, problems });
}

/** The events as rows of one table, for those who name it, and `events` for all others. */
function eventSource(format: string, events: StagedEvents, found: Pick<RowSource, "rejected" | "problems">): RowSource {
  const cells = [...eventTexts.map((name) => `e.${name}`), eventDataBag].map((cell, index) => `${cell} as f${index}`);
  return {
    format,
    sql: `select ${["e._line", ...cells].join(", ")} from ${parquetFilesSql([events.path])} e`,
    fields: [...eventTexts.map((name) => `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`), "EventData"],
    events,
    ...found,
    notes: [],
  };
}
