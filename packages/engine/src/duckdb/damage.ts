import type { DuckDBConnection } from "./database.ts";
import { parquetFilesSql } from "./exactFiles.ts";

/** What DuckDB says of Parquet files that are not what they were. */
const signs =
  /magic bytes|no files found|could not (read|open)|failed to read file|cannot open file|decompress|corrupt|out of buffer|don't know what type|thrift|tprotocol|parquet|payload value|footer/i;

/**
 * Words for a failure whose cause is a file that can't be read, with the file's name, which DuckDB doesn't always say;
 * undefined for any other failure.
 */
export async function damageText(
  message: string,
  files: readonly string[],
  connection: DuckDBConnection,
): Promise<string | undefined> {
  const reason = firstLine(message);
  if (!signs.test(reason)) return undefined;
  const file = files.find((one) => message.includes(one)) ?? (await firstUnreadable(files, connection));
  if (file === undefined) return undefined;
  return `The file ${file} can't be read: ${reason} For a file of the store, 'goshawk store verify' tells which exports bring its rows back; the other tables are well.`;
}

const firstLine = (message: string): string => message.split("\n", 1)[0] ?? "";

async function firstUnreadable(files: readonly string[], connection: DuckDBConnection): Promise<string | undefined> {
  for (const file of files) {
    try {
      await connection.run(`select max(hash(r)) from ${parquetFilesSql([file])} r`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (/INTERRUPT/i.test(message)) throw error;
      if (signs.test(firstLine(message))) return file;
    }
  }
  return undefined;
}
