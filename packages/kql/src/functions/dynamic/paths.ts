import type { SqlCall, SqlCase, SqlExpr } from "../../sql/ast.ts";
import { call, nothing, number, text } from "../../sql/build.ts";
import { jsonString, orNull } from "./sql.ts";

/** DuckDB works out `array_extract()` once for each entry of a dictionary, `list_extract()` for each row. */
const PART = "array_extract";

/** A dynamic value one step further in: `d.a.b`, and `parse_json(s).a`, read the text once. */
export function readStep(json: SqlExpr, step: string): SqlExpr {
  if (json.kind === "once") return { ...json, body: readStep(json.body, step) };
  const parsed = parsedText(json);
  if (parsed !== undefined) return whereParsed(parsed, readStep(parsed.value, step), nothing("VARCHAR"));
  const { source, path } = placeOf(json) ?? { source: json, path: "$" };
  return orNull(call("json_extract", source, text(`${path}${step}`)));
}

/** An element of the parts of a split text as a dynamic, without a JSON array of all of them. */
export function partOf(json: SqlExpr, index: number): SqlExpr | undefined {
  const parts = writtenAs(json);
  if (parts === undefined || calledOn(parts, "string_split") === undefined) return undefined;
  return jsonString(call(PART, parts, number(index < 0 ? index : index + 1)));
}

/** The text that a part of a split text is. */
function partText(json: SqlExpr): SqlExpr | undefined {
  const part = writtenAs(json);
  const [parts] = (part === undefined ? undefined : calledOn(part, PART))?.args ?? [];
  return parts !== undefined && calledOn(parts, "string_split") !== undefined ? part : undefined;
}

/** What was written as JSON. */
function writtenAs(json: SqlExpr): SqlExpr | undefined {
  return json.kind === "cast" ? calledOn(json.arg, "to_json")?.args[0] : undefined;
}

/** The text inside a dynamic string, the JSON text of anything else; null stays null. */
export function readText(json: SqlExpr): SqlExpr {
  if (json.kind === "once") return { ...json, body: readText(json.body) };
  const parsed = parsedText(json);
  if (parsed !== undefined) return whereParsed(parsed, readText(parsed.value), readText(parsed.otherwise));
  const part = partText(json);
  if (part !== undefined) return part;
  const place = placeOf(json);
  if (place !== undefined) return call("json_extract_string", place.source, text(place.path));
  return isNothing(json) ? json : call("json_extract_string", json, text("$"));
}

interface Place {
  readonly source: SqlExpr;
  readonly path: string;
}

/** Where a value was read from, when it comes from a path or is all of a text. */
function placeOf(json: SqlExpr): Place | undefined {
  const converted = calledOn(json, "nullif")?.args[0];
  if (converted?.kind !== "cast") return undefined;
  const [all] = calledOn(converted.arg, "json")?.args ?? [];
  if (all !== undefined) return { source: all, path: "$" };
  const [source, path] = calledOn(converted.arg, "json_extract")?.args ?? [];
  return source !== undefined && path?.kind === "constant" ? { source, path: path.text } : undefined;
}

interface Parsed {
  readonly when: SqlExpr;
  readonly value: SqlExpr;
  readonly otherwise: SqlExpr;
}

/** `parse_json()` as it was lowered, or something already read from it. */
function parsedText(json: SqlExpr): Parsed | undefined {
  if (json.kind !== "case" || json.branches.length !== 1) return undefined;
  const [branch] = json.branches;
  const { otherwise } = json;
  const known = isNothing(otherwise) || calledOn(otherwise, "goshawk_parse_json") !== undefined;
  return branch !== undefined && known && placeOf(branch.value) !== undefined ? { ...branch, otherwise } : undefined;
}

function whereParsed(parsed: Parsed, value: SqlExpr, otherwise: SqlExpr): SqlCase {
  return { kind: "case", branches: [{ when: parsed.when, value }], otherwise };
}

function isNothing(expr: SqlExpr): boolean {
  return expr.kind === "value" && expr.value === null;
}

function calledOn(expr: SqlExpr, name: string): SqlCall | undefined {
  return expr.kind === "call" && expr.name === name ? expr : undefined;
}
