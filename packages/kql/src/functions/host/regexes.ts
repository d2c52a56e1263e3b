import { fromRe2 } from "../../regex/re2Spelling.ts";
import { type Anchor, compileRegex, groupText, matches, type Regex } from "../../regex/regex.ts";
import { parseRewrite, rewritten } from "../../regex/rewrite.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction } from "./define.ts";

/** An array holds no more elements in Kusto. */
const MOST = 1_048_576;

/** Regular expressions where RE2 has no words for them, or where the pattern differs by row. */
export const regexFunctions: readonly HostFunction[] = [
  hostFunction(
    "goshawk_regex_matches",
    ["VARCHAR", "VARCHAR"],
    "BOOLEAN",
    (text, pattern) => compiled(pattern)?.find(String(text), 0) !== undefined,
  ),
  hostFunction("goshawk_regex_extract", ["VARCHAR", "VARCHAR", "BIGINT"], "VARCHAR", (text, pattern, group) => {
    const found = compiled(pattern)?.find(String(text), 0);
    return found === undefined || Number(group) < 0 ? "" : groupText(String(text), found, Number(group));
  }),
  hostFunction("goshawk_regex_extract_all", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (text, pattern, groups) =>
    extractAll(String(text), compiled(pattern), String(groups)),
  ),
  hostFunction("goshawk_regex_count", ["VARCHAR", "VARCHAR"], "BIGINT", (text, pattern) => {
    const regex = compiled(pattern);
    return BigInt(regex === undefined ? 0 : [...matches(regex, String(text))].length);
  }),
  hostFunction("goshawk_regex_replace", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (text, pattern, rewrite) =>
    replaceAll(String(text), compiled(pattern), String(rewrite)),
  ),
  hostFunction("goshawk_regex_trim", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (text, pattern, end) => {
    const found = compiled(pattern, end === "start" ? "start" : "end")?.find(String(text), 0);
    const [from = 0, to = 0] = found ?? [];
    return String(text).slice(0, from) + String(text).slice(to);
  }),
  hostFunction(
    "goshawk_regex_index",
    ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "BIGINT"],
    "BIGINT",
    (text, pattern, start, length, occurrence) =>
      indexOf([...String(text)], compiled(pattern), Number(start), Number(length), Number(occurrence)),
  ),
];

function compiled(pattern: unknown, anchor: Anchor = "none"): Regex | undefined {
  const made = compileRegex(String(pattern), anchor);
  if (made.ok) return made.regex;
  const older = compileRegex(fromRe2(String(pattern)), anchor);
  return older.ok ? older.regex : undefined;
}

/** Groups come as a JSON array of numbers and names; an empty one asks for all. Null where nothing matches. */
function extractAll(text: string, regex: Regex | undefined, asked: string): string | null {
  if (regex === undefined) return null;
  const named = elements(asked).map((group) => groupNumber(regex, group));
  const groups = named.length > 0 ? named : allGroups(regex);
  const found: string[] = [];
  for (const spans of matches(regex, text)) {
    if (found.length >= MOST) break;
    const texts = groups.map((group) => JSON.stringify(groupText(text, spans, group)));
    found.push(texts.length === 1 ? (texts[0] ?? '""') : `[${texts.join(",")}]`);
  }
  return found.length === 0 ? null : `[${found.join(",")}]`;
}

const allGroups = (regex: Regex): readonly number[] =>
  regex.groups === 0 ? [0] : Array.from({ length: regex.groups }, (_, index) => index + 1);

function groupNumber(regex: Regex, group: string): number {
  if (!group.startsWith('"')) return Number(group);
  return regex.names.get(String(JSON.parse(group))) ?? regex.groups + 1;
}

function replaceAll(text: string, regex: Regex | undefined, rewrite: string): string {
  if (regex === undefined) return text;
  const parts = parseRewrite(rewrite);
  let made = "";
  let done = 0;
  for (const spans of matches(regex, text)) {
    const [from = 0, to = 0] = spans;
    made += text.slice(done, from) + rewritten(parts, text, spans);
    done = to;
  }
  return made + text.slice(done);
}

/** Places count characters; the match must lie within the stretch that is looked at. */
function indexOf(
  text: readonly string[],
  regex: Regex | undefined,
  start: number,
  length: number,
  occurrence: number,
): bigint | null {
  if (regex === undefined || start < 0 || occurrence < 1 || length < -1) return null;
  const stretch = text.slice(start, length < 0 ? text.length : start + length).join("");
  let seen = 0;
  for (const [at = 0] of matches(regex, stretch)) {
    seen++;
    if (seen === occurrence) return BigInt(start + [...stretch.slice(0, at)].length);
  }
  return -1n;
}
