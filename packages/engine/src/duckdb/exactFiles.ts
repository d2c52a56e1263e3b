import { resolve } from "node:path";
import { quoteText } from "@goshawk/kql/values";

/** The path as DuckDB takes it where it would see a pattern: `[`, `*` and `?` stand for themselves. */
export function exactPath(path: string): string {
  return resolve(path).replace(/[*?[]/g, (mark) => `[${mark}]`);
}

/** SQL text of a path that means this one file. */
export function fileSql(path: string): string {
  return quoteText(exactPath(path));
}

/** SQL of the rows of Parquet files. Folders called `<column>=<value>` put nothing in the place of a file's own column. */
export function parquetFilesSql(files: readonly string[], ...options: readonly string[]): string {
  const list = files.map(fileSql).join(", ");
  return `read_parquet([${list}], ${["hive_partitioning = false", ...options].join(", ")})`;
}
