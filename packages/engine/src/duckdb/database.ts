import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

export type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";

/** What one embedded database may use and reach. */
export interface DatabaseOptions {
  /** Folders whose files SQL may read or write; none by default. */
  readonly folders?: readonly string[];
  /** Where sorts and aggregates spill; a folder of ours, removed with the store's `tmp`. */
  readonly tempFolder?: string;
  /** For example `"4GB"`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
}

/** An in-memory DuckDB and its connections. */
export interface Database {
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

/**
 * Opens an in-memory DuckDB that reaches no network, no extension and no file outside `folders`,
 * and whose configuration can't be changed any more.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:", {
    storage_compatibility_version: "latest",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
    ...(options.tempFolder === undefined ? {} : { temp_directory: options.tempFolder }),
  });
  const setup = await instance.connect();
  if (options.folders !== undefined && options.folders.length > 0) {
    // A path is compared as it is written, and a file in such a folder is written as a pattern.
    const written = new Set(options.folders.flatMap((folder) => [folder, folder.replace(/[*?[]/g, "[$&]")]));
    const list = [...written].map((folder) => `'${folder.replaceAll("'", "''")}'`).join(", ");
    await setup.run(`set allowed_directories = [${list}]`);
  }
  await setup.run("set parquet_metadata_cache = true");
  await setup.run("set TimeZone = 'UTC'");
  await setup.run("set enable_external_access = false");
  await setup.run("set lock_configuration = true");
  setup.closeSync();
  return { connect: () => instance.connect(), close: () => instance.closeSync() };
}

export { eitherTime, type TimePair } from "./eitherTime.ts";
export { fileSql, parquetFilesSql } from "./exactFiles.ts";
