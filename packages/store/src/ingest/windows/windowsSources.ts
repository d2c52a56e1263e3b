import { join } from "node:path";
import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import { catalogueTable } from "../../catalogue/catalogue.ts";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { deviceEvents, scriptsSql } from "./defender/deviceEvents.ts";
import { fileEvents } from "./defender/fileEvents.ts";
import { certificateInfo, imageLoadEvents, signedImagesSql } from "./defender/imageEvents.ts";
import { logonEvents } from "./defender/logonEvents.ts";
import { networkEvents } from "./defender/networkEvents.ts";
import { processEvents } from "./defender/processEvents.ts";
import { registryEvents } from "./defender/registryEvents.ts";
import { processesSql } from "./processes.ts";
import { event } from "./sentinel/event.ts";
import { securityEvent } from "./sentinel/securityEvent.ts";
import { windowsEvent } from "./sentinel/windowsEvent.ts";
import type { StagedEvents } from "./stage.ts";
import { type Branch, type EventTable, plainGuid, security, sysmon } from "./table.ts";

const defender: readonly EventTable[] = [
  processEvents,
  networkEvents,
  imageLoadEvents,
  certificateInfo,
  fileEvents,
  registryEvents,
  logonEvents,
  deviceEvents,
];

/** Every event in the tables of Sentinel that it belongs to, and once more in the one of Defender, where there is one. */
export async function windowsSources(
  staged: readonly StagedEvents[],
  workFolder: string,
  connection: DuckDBConnection,
): Promise<readonly RowSource[]> {
  const files = parquetFilesSql(staged.map((item) => item.path));
  const processes = join(workFolder, "processes.parquet");
  await connection.run(`copy (${processesSql(files)}) to ${quoteText(processes)} (format parquet)`);
  const names = await textRows(
    connection,
    `select distinct unnest(map_keys(data)) as k from ${files} where kind = 'security' order by k`,
  );
  const tables = [...defender, securityEvent(names.map(([name = ""]) => name)), event, windowsEvent];
  const common = commonSql(files, processes);
  const notes = await eventNotes(staged, common, connection);
  return tables.map((table, index) => ({ ...tableSource(table, common), notes: index === 0 ? notes : [] }));
}

/** What the tables' rows are made of. */
function commonSql(files: string, processes: string): string {
  const relations: Readonly<Record<string, string>> = {
    events: `select * from ${files}`,
    processes: `select * from ${parquetFilesSql([processes])}`,
    connected: `select distinct e.host from events e where ${sysmon(3)}`,
    audited: `select distinct e.host from events e where ${security(4697)}`,
    signed_images: signedImagesSql("events"),
    scripts: scriptsSql("events"),
  };
  return `with ${Object.entries(relations)
    .map(([name, sql]) => `${name} as (${sql})`)
    .join(", ")}`;
}

function tableSource({ table, branches }: EventTable, common: string): RowSource {
  const known = new Set(catalogueTable(table)?.columns.map((column) => column.name));
  const fields = [...new Set(branches.flatMap((branch) => Object.keys(branch.columns)))].filter((name) =>
    known.has(name),
  );
  const rows = branches.map((branch) => branchSql(branch, fields)).join(" union all ");
  return { format: "Windows events", sql: `${common} ${rows}`, fields, table, rejected: [], problems: [], notes: [] };
}

function branchSql({ where, columns, process, from = "events" }: Branch, fields: readonly string[]): string {
  const cells = fields.map((field, index) => `${columns[field] ?? "cast(null as VARCHAR)"} as f${index}`);
  const join =
    process === undefined ? "" : ` left join processes p on p.host = e.host and p.guid = ${plainGuid(process)}`;
  return `select ${["e._line", ...cells].join(", ")} from ${from} e${join} where ${where}`;
}

const SHOWN_IDS = 12;

/** How many events there were, and which have no table of Defender. */
async function eventNotes(
  staged: readonly StagedEvents[],
  common: string,
  connection: DuckDBConnection,
): Promise<readonly string[]> {
  const own = defender.flatMap((table) => table.branches).filter((branch) => branch.from === undefined);
  const conditions = [...own.map((branch) => branch.where), sysmon(6, 7), "e.kind = 'other' and e.event = 4104"];
  const homeless = `not coalesce(${conditions.map((where) => `(${where})`).join(" or ")}, false)`;
  const counts = await textRows(
    connection,
    `${common} select channel, id, count(*) as n from events e where ${homeless} group by 1, 2 order by n desc, 1, 2`,
  );
  const total = staged.reduce((sum, item) => sum + item.events, 0);
  const without = counts.reduce((sum, [, , count = "0"]) => sum + Number(count), 0);
  const shown = counts.slice(0, SHOWN_IDS).map(([channel, id, count]) => `${channel} ${id} (${count})`);
  const more = counts.length > SHOWN_IDS ? [`${counts.length - SHOWN_IDS} more`] : [];
  return [
    `${total} Windows events: each is a row of SecurityEvent, or of both Event and WindowsEvent; ${total - without} are rows of Defender's tables too`,
    ...(without === 0
      ? []
      : [
          `${without} have no row in Defender's tables and stand in Sentinel's alone: ${[...shown, ...more].join(", ")}`,
        ]),
  ];
}
