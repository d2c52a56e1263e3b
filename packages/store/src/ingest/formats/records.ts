import { statSync } from "node:fs";
import { quoteText } from "@goshawk/kql";

/** How JSON values stand in a file: one a line, as the elements of one array, or one after the other over lines. */
export type JsonLayout = "newline_delimited" | "array" | "unstructured";

const MAX_LINE_BYTES = 64 * 2 ** 20;
/** Enough for nearly every line. The reader takes buffers of twice its limit, and smaller ones are read much faster. */
const USUAL_LINE_BYTES = 2 ** 20;
const MIN_BODY_BYTES = 16 * 2 ** 20;

/** SQL of the records of a file, in order, as one column `json`; a line that is no JSON is NULL. */
export function recordsSql(
  path: string,
  layout: JsonLayout,
  list?: string,
  maxLineBytes: number = MAX_LINE_BYTES,
): string {
  const lines = layout === "newline_delimited";
  const size = lines ? maxLineBytes : Math.max(MIN_BODY_BYTES, statSync(path).size);
  const options = `format = '${layout}', maximum_object_size = ${size}${lines ? ", ignore_errors = true" : ""}`;
  const values = `read_json_objects(${quoteText(path)}, ${options})`;
  if (list === undefined) return values;
  return `(select unnest(from_json(json_extract(json, ${quoteText(list)}), '["JSON"]')) as json from ${values})`;
}

/** Runs `load` over the records of a file, with small buffers first and again with large ones where a line is too long for them. */
export async function withRecords(
  file: { readonly path: string; readonly layout: JsonLayout; readonly list?: string },
  load: (records: string) => Promise<unknown>,
): Promise<void> {
  const sql = (maxLineBytes: number): string => recordsSql(file.path, file.layout, file.list, maxLineBytes);
  try {
    await load(sql(USUAL_LINE_BYTES));
  } catch (error) {
    if (!(error instanceof Error && error.message.includes("maximum_object_size"))) throw error;
    await load(sql(MAX_LINE_BYTES));
  }
}
