import { stat } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";

/** A plain DuckDB over a file of its own, with the storage version that compresses best. */
export async function openPeer(folder) {
  const database = await openDatabase({ folders: [`${folder}/`], tempFolder: folder, threads: 2, memoryLimit: "6GB" });
  const connection = await database.connect();
  const file = join(folder, "peer.duckdb");
  await connection.run(`attach ${quoteText(file)} as peer (storage_version 'latest')`);
  await connection.run("use peer");
  return {
    /** Bytes of its file once everything is in it. */
    bytes: async () => {
      await connection.run("checkpoint");
      return (await stat(file)).size;
    },
    run: (sql) => connection.run(sql),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    close: () => {
      connection.closeSync();
      database.close();
    },
  };
}

/** The version of the DuckDB that all contenders run on. */
export async function openPeerVersion() {
  const database = await openDatabase();
  const connection = await database.connect();
  const [[version]] = (await connection.runAndReadAll("select version()")).getRows();
  connection.closeSync();
  database.close();
  return String(version);
}
