import type { DuckDBConnection } from "@goshawk/engine/duckdb";

/** The rows of a small answer as text. */
export async function textRows(connection: DuckDBConnection, sql: string): Promise<readonly (readonly string[])[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows().map((row) => row.map((cell) => (cell === null ? "" : String(cell))));
}
