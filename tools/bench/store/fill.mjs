import { stat } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase, registerHostFunctions } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import { openStore } from "@goshawk/store";
import { writeSegmentFile } from "../../../packages/store/dist/store/segmentFile.js";
import { DAYS, daySql, eventTime } from "./data.mjs";

/** Makes a table in a store of ours and, where they are given, as plain Parquet and in a DuckDB file. */
export async function fill(table, rows, { folder, peer, parquet }) {
  const store = await openStore(join(folder, "store"));
  const database = await openDatabase({ folders: [`${folder}/`], threads: 2, memoryLimit: "3GB" });
  const connection = await database.connect();
  registerHostFunctions(connection);
  await peer?.run(`create table "${table.name}" as ${daySql(table, 0, 0)} limit 0`);
  const columns = [eventTime, ...table.columns].map(({ name, type, physical }) => ({ name, type, physical }));
  const sizes = { parquet: 0, segments: 0, indexes: 0 };
  let ours = 0;
  try {
    await store.write(async (writer) => {
      for (let day = 0; day < DAYS; day++) {
        const id = `${table.name}-${day}`;
        const sql = daySql(table, rows, day);
        const path = join(writer.workFolder, `${id}.parquet`);
        const rowsSql = `select *, ${quoteText(id)} as _source, cast(row_number() over () as BIGINT) as _line, cast(null as VARCHAR) as _unconverted from (${sql})`;
        const began = process.cpuUsage();
        const written = await writeSegmentFile({ table: table.name, columns, rows: rowsSql, path }, connection);
        const used = process.cpuUsage(began);
        ours += (used.user + used.system) / 1e6;
        sizes.segments += (await stat(path)).size;
        for (const beside of written.segment.besidePaths) sizes.indexes += (await stat(beside)).size;
        await writer.commit(
          {
            id,
            path: id,
            format: "generated",
            bytes: 0,
            sha256: id,
            at: new Date().toISOString(),
            unconverted: [],
            rejected: 0,
            problems: [],
            notes: [],
          },
          [written.segment],
        );
        if (parquet !== undefined) {
          const plain = join(parquet, `${id}.parquet`);
          await connection.run(`copy (${sql}) to ${quoteText(plain)} (format parquet, compression zstd)`);
          sizes.parquet += (await stat(plain)).size;
        }
        await peer?.run(`insert into "${table.name}" ${sql}`);
      }
    });
  } finally {
    connection.closeSync();
    database.close();
  }
  return { ...sizes, duckdb: (await peer?.bytes()) ?? 0, cpuSeconds: ours };
}
