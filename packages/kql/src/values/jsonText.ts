/**
 * JSON read as text, so that numbers keep every digit and keys their order. The input is valid JSON without white
 * space between tokens, as DuckDB's `json()` writes it, or with white space, which is skipped.
 */

/** The key and value texts of an object's properties; keys keep their quotes. Empty for anything else. */
export function properties(json: string): readonly (readonly [key: string, value: string])[] {
  const found: (readonly [string, string])[] = [];
  let at = skipSpace(json, 0);
  if (json[at] !== "{") return found;
  at = skipSpace(json, at + 1);
  while (at < json.length && json[at] !== "}") {
    const keyEnd = endOfValue(json, at);
    const key = json.slice(at, keyEnd);
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = endOfValue(json, start);
    found.push([key, json.slice(start, end)]);
    at = skipSpace(json, end);
    if (json[at] === ",") at = skipSpace(json, at + 1);
  }
  return found;
}

/** The texts of an array's elements; empty for anything else. */
export function elements(json: string): readonly string[] {
  const found: string[] = [];
  let at = skipSpace(json, 0);
  if (json[at] !== "[") return found;
  at = skipSpace(json, at + 1);
  while (at < json.length && json[at] !== "]") {
    const end = endOfValue(json, at);
    found.push(json.slice(at, end));
    at = skipSpace(json, end);
    if (json[at] === ",") at = skipSpace(json, at + 1);
  }
  return found;
}

function skipSpace(json: string, at: number): number {
  let next = at;
  while (next < json.length && " \t\r\n".includes(json[next] ?? "")) next++;
  return next;
}

function endOfValue(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return endOfString(json, start);
  if (first !== "{" && first !== "[") {
    let at = start;
    while (at < json.length && !",]} \t\r\n:".includes(json[at] ?? "")) at++;
    return at;
  }
  let depth = 0;
  for (let at = start; at < json.length; at++) {
    const char = json[at];
    if (char === '"') at = endOfString(json, at) - 1;
    else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return json.length;
}

function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === "\\") at++;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}
