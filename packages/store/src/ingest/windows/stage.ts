import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import { textRows } from "../sql.ts";
import { eventTexts } from "./events.ts";

/** Windows events in a Parquet file of the work folder, from which each table is filled. */
export interface StagedEvents {
  readonly path: string;
  readonly events: number;
}

const channels = `case when lower(channel) = 'security' then 'Security' when channel ilike 'microsoft-windows-sysmon/operational' then 'Microsoft-Windows-Sysmon/Operational' else channel end`;
/** NXLog writes the bits as a signed number. */
const hexKeywords = `coalesce('0x' || lower(coalesce(to_hex(try_cast(keywords as BIGINT)), to_hex(try_cast(keywords as UBIGINT)))), keywords)`;

/** Writes normal events down, with `host`, `kind` and a whole-number `event`, by which the tables pick theirs. */
export async function stageEvents(normal: string, path: string, connection: DuckDBConnection): Promise<StagedEvents> {
  const replaced: Readonly<Record<string, string>> = { channel: channels, keywords: hexKeywords };
  const texts = eventTexts.map((name) => `${replaced[name] ?? name} as ${name}`);
  const kind = `case when channel ilike 'security' then 'security' when provider = 'Microsoft-Windows-Sysmon' or channel ilike 'microsoft-windows-sysmon/operational' then 'sysmon' else 'other' end`;
  const sql = `select line as _line, ${texts.join(", ")}, lower(computer) as host, ${kind} as kind, try_cast(id as INTEGER) as event, coalesce(data, map{}) as data from (${normal})`;
  await connection.run(`copy (${sql}) to ${quoteText(path)} (format parquet, compression zstd, row_group_size 20480)`);
  const [[count = "0"] = []] = await textRows(connection, `select count(*) from ${parquetFilesSql([path])}`);
  return { path, events: Number(count) };
}
