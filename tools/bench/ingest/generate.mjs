import { stat } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "@goshawk/engine/duckdb";
import { NOW, tables } from "../kql/tables.mjs";

const UNIX = 621_355_968_000_000_000n;
const SAMPLE = 20_000;

/** Process starts in the order that they happen in, with the ticks of real exports. */
function rowsSql(rows, columns) {
  const ticks = `(${NOW - UNIX} + i * 137 * 10)`;
  const time = `strftime(make_timestamp(${ticks} // 10), '%Y-%m-%dT%H:%M:%S.%f') || (${ticks} % 10) || 'Z'`;
  const items = columns.map((column) => `${column.type === "datetime" ? time : column.sql} as "${column.name}"`);
  return `select ${items.join(", ")} from range(${rows}) as r(i)`;
}

/** Writes a file of about so many MB into `folder`, as JSON lines or CSV; answers with its path and rows. */
export async function generate(folder, format, megabytes) {
  const [{ columns }] = tables;
  const database = await openDatabase({ folders: [folder], threads: 2, memoryLimit: "2GB" });
  const connection = await database.connect();
  const write = async (path, rows) => {
    const options = format === "csv" ? "format csv, header true" : "format json";
    await connection.run(`copy (${rowsSql(rows, columns)}) to '${path}' (${options})`);
    return (await stat(path)).size;
  };
  try {
    const path = join(folder, `DeviceProcessEvents.${format === "csv" ? "csv" : "jsonl"}`);
    const rows = Math.ceil((megabytes * 1e6 * SAMPLE) / (await write(path, SAMPLE)));
    return { path, rows, bytes: await write(path, rows) };
  } finally {
    connection.closeSync();
    database.close();
  }
}
