import type { FunctionParameter } from "./functionFile.ts";

/** The comment lines at the beginning of a text, without their slashes. */
export function headerOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => line.trim() !== "" && !line.trimStart().startsWith("//"));
  return (end < 0 ? lines : lines.slice(0, end)).map((line) => line.trim().replace(/^\/\/+/, ""));
}

/** How published parsers say under which name they want to be saved. */
const sayings: readonly RegExp[] = [
  /function alias,? (?:as|must be set to)\s*-?\s*["']?([A-Za-z_]\w*)/i,
  /function name (?:and alias )?as ([A-Za-z_]\w*)/i,
  /given the alias of ([A-Za-z_]\w*)/i,
  /name the function "([A-Za-z_]\w*)"/i,
  /\(e\.g\. ([A-Za-z_]\w*) *\| *take/i,
  /save (?:this function )?as ([A-Za-z_]\w*)\)?$/i,
  /enter "([A-Za-z_]\w*)" in the "function name" field/i,
];

/** The names that a header asks for. */
export function namesInHeader(header: readonly string[]): readonly string[] {
  const said = header.flatMap((line) => sayings.map((saying) => saying.exec(line)?.[1] ?? ""));
  return [...new Set(said)].filter((name) => name !== "" && name.toLowerCase() !== "function");
}

const types = "bool|boolean|datetime|date|decimal|double|dynamic|guid|int|long|real|string|time|timespan";
const row = new RegExp(`^.*?"?\\b(${types})\\b"?\\s+"?([A-Za-z_]\\w*)"?\\s*(?:"(.*)"|(\\S.*?))?\\s*$`, "i");

/** The rows `"timespan" "query_period" "14d"` below a header's `Save as function … Parameters`. */
export function parametersInHeader(header: readonly string[]): readonly FunctionParameter[] {
  const start = header.findIndex((line) => /save as function.*parameters/i.test(line));
  if (start < 0) return [];
  const found: FunctionParameter[] = [];
  for (const [index, line] of header.slice(start).entries()) {
    const [, type, name, quoted, plain] = row.exec(index === 0 ? line.replace(/^.*?fields:?/i, "") : line) ?? [];
    if (type === undefined || name === undefined) {
      if (index > 0) break;
      continue;
    }
    const text = quoted ?? (plain === '""' ? "" : plain) ?? "";
    found.push({ name, type, defaultValue: text === "" && type.toLowerCase() !== "string" ? undefined : text });
  }
  return found;
}
