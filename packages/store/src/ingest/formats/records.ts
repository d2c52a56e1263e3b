import { quoteText } from "@goshawk/kql";

/** How JSON values stand in a file: one a line, as the elements of one array, or one after the other over lines. */
export type JsonLayout = "newline_delimited" | "array" | "unstructured";

const MAX_LINE_BYTES = 64 * 2 ** 20;
const MAX_BODY_BYTES = 1024 * 2 ** 20;

/** SQL of the records of a file, in order, as one column `json`; a line that is no JSON is NULL. */
export function recordsSql(path: string, layout: JsonLayout, list?: string): string {
  const lines = layout === "newline_delimited";
  const size = lines ? MAX_LINE_BYTES : MAX_BODY_BYTES;
  const options = `format = '${layout}', maximum_object_size = ${size}${lines ? ", ignore_errors = true" : ""}`;
  const values = `read_json_objects(${quoteText(path)}, ${options})`;
  if (list === undefined) return values;
  return `(select unnest(from_json(json_extract(json, ${quoteText(list)}), '["JSON"]')) as json from ${values})`;
}
