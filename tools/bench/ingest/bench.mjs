import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { generate } from "./generate.mjs";

const once = fileURLToPath(new URL("./once.mjs", import.meta.url));
const run = promisify(execFile);

async function measured(who, path, folder) {
  const target = await mkdtemp(join(folder, `${who}-`));
  try {
    const { stdout } = await run(process.execPath, [once, who, path, target]);
    return JSON.parse(stdout);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/** Ingests a generated file of each format and size, and lets DuckDB make a table of it, in turns. */
export async function ingestBench({ sizes, formats, runs }) {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-bench-"));
  const head = "seconds; CPU seconds tell more where the machine is busy; memory is the most that was resident, in MB";
  const lines = [
    head,
    "format  MB  rows  ingest  MB/s  DuckDB  speed ratio  ingest CPU  DuckDB CPU  ratio  ingest memory  DuckDB memory",
  ];
  let wrong = 0;
  try {
    for (const format of formats)
      for (const size of sizes) {
        const { path, rows, bytes } = await generate(folder, format, size);
        const best = {};
        for (let turn = 0; turn < runs; turn++)
          for (const who of ["duckdb", "ingest"]) {
            const found = await measured(who, path, folder);
            if (found.rows !== rows) wrong++;
            if (best[who] === undefined || found.seconds < best[who].seconds) best[who] = found;
          }
        const { ingest, duckdb } = best;
        const cells = [
          format,
          (bytes / 1e6).toFixed(0),
          rows,
          ingest.seconds.toFixed(2),
          (bytes / 1e6 / ingest.seconds).toFixed(0),
          duckdb.seconds.toFixed(2),
          (duckdb.seconds / ingest.seconds).toFixed(2),
          ingest.cpu.toFixed(2),
          duckdb.cpu.toFixed(2),
          (duckdb.cpu / ingest.cpu).toFixed(2),
          (ingest.rss / 1e6).toFixed(0),
          (duckdb.rss / 1e6).toFixed(0),
        ];
        lines.push(cells.join("  "));
        await rm(path);
      }
    return { report: lines.join("\n"), wrong };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
