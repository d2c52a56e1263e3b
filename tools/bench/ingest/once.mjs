// One measurement in a process of its own: node once.mjs ingest|duckdb FILE FOLDER
import { dirname, join } from "node:path";
import { openDatabase } from "@goshawk/engine/duckdb";
import { openStore } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";

const [who, file, folder] = process.argv.slice(2);
const started = performance.now();
const rows = who === "ingest" ? await ours() : await theirs();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ rows, seconds, cpu: (user + system) / 1e6, rss: process.resourceUsage().maxRSS * 1024 }));

async function ours() {
  const report = await ingest([file], { store: await openStore(join(folder, "store")) });
  if (report.failed.length > 0) throw new Error(report.failed[0].message);
  return report.stored[0].rows;
}

/** What DuckDB does by itself: the rows in a database file, with the types that it guesses. */
async function theirs() {
  const database = await openDatabase({ folders: [dirname(file), folder], tempFolder: folder, threads: 2 });
  const connection = await database.connect();
  await connection.run(`attach '${join(folder, "plain.duckdb")}' as plain (storage_version 'latest')`);
  const reader = file.endsWith(".csv") ? "read_csv" : "read_json";
  await connection.run(`create table plain.t as select * from ${reader}('${file}')`);
  await connection.run("checkpoint plain");
  const [[count]] = (await connection.runAndReadAll("select count(*) from plain.t")).getRows();
  database.close();
  return Number(count);
}
