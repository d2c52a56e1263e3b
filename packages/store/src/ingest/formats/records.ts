import { statSync } from "node:fs";
import { fileSql } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import { longestLine } from "./longestLine.ts";

/** How JSON values stand in a file: one a line, as the elements of one array, or one after the other over lines. */
export type JsonLayout = "newline_delimited" | "array" | "unstructured";

/** Neither its name nor its folders say what is in a file. */
export const plainFile: string = "compression = 'uncompressed', hive_partitioning = false";

const MIB = 2 ** 20;
const MAX_LINE_BYTES = 32 * MIB;
/** A body is held in memory twice while it is parsed. */
const MAX_BODY_BYTES = 512 * MIB;

/** SQL of the records of a file, in order, as one column `json`; a line that is no JSON is NULL. One value of a `body` may be nearly all of it. */
export function recordsSql(
  path: string,
  layout: JsonLayout,
  list?: string,
  body: boolean = list !== undefined,
): string {
  const lines = layout === "newline_delimited";
  const options = `format = '${layout}', maximum_object_size = ${objectSize(path, layout, body)}${lines ? ", ignore_errors = true" : ""}`;
  const values = `read_json_objects(${fileSql(path)}, ${plainFile}, ${options})`;
  if (list === undefined) return values;
  return `(select unnest(from_json(json_extract(json, ${quoteText(list)}), '["JSON"]')) as json from ${values})`;
}

/** Bytes that one value may have. The reader's threads take pieces of this size, so lines ask for no more than they need. */
export function objectSize(path: string, layout: JsonLayout, body = false): number {
  if (layout === "array" && !body) return Math.min(MAX_LINE_BYTES, Math.max(MIB, 2 * statSync(path).size));
  if (layout !== "newline_delimited") return Math.min(MAX_BODY_BYTES, Math.max(MIB, 2 * statSync(path).size));
  return Math.min(MAX_LINE_BYTES, Math.max(MIB, 2 * longestLine(path)));
}

/** JSON pointer to a key in a key: unlike a path, it can name every key. */
export function keyPath(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
