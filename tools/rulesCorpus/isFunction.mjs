/** Whether a record is meant to be saved as a function. */
export function isFunction({ format, meta }) {
  return format === "sentinel-parser-yaml" || meta.role === "function";
}
