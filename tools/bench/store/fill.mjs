import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase, registerHostFunctions } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import { openStore } from "@goshawk/store";
import { writeSegmentFile } from "../../../packages/store/dist/store/segmentFile.js";
import { DAYS, daySql, eventTime } from "./data.mjs";
import { keptOrMade } from "./kept.mjs";
import { openPeer } from "./peer.mjs";

/**
 * A table in a store of ours, a segment a day and, with `compared`, as plain Parquet and in a DuckDB file, too, all in a
 * folder that an earlier run may have filled. Answers with sizes in bytes, and the CPU that segments and Parquet took.
 */
export function filled(folder, table, rows, { compared = false } = {}) {
  return keptOrMade(folder, table, rows, async () => {
    const peer = compared ? await openPeer(folder) : undefined;
    try {
      await mkdir(join(folder, "parquet"));
      return await fill(table, rows, { folder, peer });
    } finally {
      peer?.close();
    }
  });
}

async function fill(table, rows, { folder, peer }) {
  const store = await openStore(join(folder, "store"));
  const database = await openDatabase({
    folders: [`${folder}/`],
    tempFolder: folder,
    threads: 2,
    memoryLimit: "6GB",
  });
  const connection = await database.connect();
  registerHostFunctions(connection);
  await peer?.run(`create table "${table.name}" as ${daySql(table, 0, 0)} limit 0`);
  const columns = [eventTime, ...table.columns].map(({ name, type, physical }) => ({ name, type, physical }));
  const sizes = { parquet: 0, segments: 0, indexes: 0 };
  const cpu = { segments: 0, parquet: 0 };
  try {
    await store.write(async (writer) => {
      for (let day = 0; day < DAYS; day++) {
        const id = `${table.name}-${day}`;
        await connection.run(`create or replace temp table "day" as ${daySql(table, rows, day)}`);
        const path = join(writer.workFolder, `${id}.parquet`);
        const rowsSql = `select *, ${quoteText(id)} as _source, cast(row_number() over () as BIGINT) as _line, cast(null as VARCHAR) as _unconverted from "day"`;
        const written = await spending(cpu, "segments", () =>
          writeSegmentFile({ table: table.name, columns, rows: rowsSql, path }, connection),
        );
        sizes.segments += (await stat(path)).size;
        for (const beside of written.segment.besidePaths) sizes.indexes += (await stat(beside)).size;
        await writer.commit(sourceOf(id), [written.segment]);
        if (peer === undefined) continue;
        const plain = join(folder, "parquet", `${id}.parquet`);
        await spending(cpu, "parquet", () =>
          connection.run(`copy "day" to ${quoteText(plain)} (format parquet, compression zstd)`),
        );
        sizes.parquet += (await stat(plain)).size;
        await peer.run(`insert into "${table.name}" ${daySql(table, rows, day)}`);
      }
    });
  } finally {
    connection.closeSync();
    database.close();
  }
  return { ...sizes, duckdb: (await peer?.bytes()) ?? 0, cpu };
}

async function spending(cpu, on, work) {
  const began = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(began);
  cpu[on] += (user + system) / 1e6;
  return result;
}

function sourceOf(id) {
  return {
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
  };
}
