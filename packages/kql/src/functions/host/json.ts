import { arrayText, bagText, jsonKind, plainText, sortedPairs, uniquePairs } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { jsonReal } from "../../values/realText.ts";
import { type HostFunction, hostFunction } from "./define.ts";

/** JSON as it enters and leaves a `dynamic`. */
export const jsonFunctions: readonly HostFunction[] = [
  hostFunction("goshawk_parse_json", ["VARCHAR"], "VARCHAR", (text) => parsedJson(String(text))),
  hostFunction("goshawk_dynamic_to_json", ["VARCHAR"], "VARCHAR", (json) => ordered(String(json))),
  hostFunction("goshawk_item", ["VARCHAR", "VARCHAR"], "VARCHAR", (json, key) => item(String(json), String(key))),
  hostFunction("goshawk_property", ["VARCHAR", "VARCHAR"], "VARCHAR", (json, name) =>
    notNull(uniquePairs(String(json)).get(JSON.stringify(String(name)))),
  ),
];

/** An element by a number, a property by anything else. */
function item(json: string, key: string): string | null {
  if (jsonKind(key) === "number") return notNull(elements(json).at(Math.trunc(Number(key))));
  return notNull(uniquePairs(json).get(JSON.stringify(plainText(key))));
}

/** JSON null is the null of every type. */
function notNull(json: string | undefined): string | null {
  return json === undefined || json === "null" ? null : json;
}

/** The canonical text of the value that `text` writes, null for JSON null; text that is no JSON becomes a string. */
export function parsedJson(text: string): string | null {
  if (text === "") return null;
  try {
    JSON.parse(text);
  } catch {
    return JSON.stringify(text);
  }
  return notNull(canonical(text.trim()));
}

function canonical(json: string): string {
  switch (jsonKind(json)) {
    case "array":
      return arrayText(elements(json).map(canonical));
    case "bag":
      return bagText([...uniquePairs(json)].map(([key, value]) => [key, canonical(value)] as const));
    case "string":
      return JSON.stringify(plainText(json));
    case "number":
      return canonicalNumber(json);
    case "bool":
    case "null":
      return json;
  }
}

/** Whole numbers that fit 64 bits are longs; all others are reals. */
function canonicalNumber(json: string): string {
  if (/^-?\d+$/.test(json)) {
    const whole = BigInt(json);
    if (BigInt.asIntN(64, whole) === whole) return String(whole);
  }
  return jsonReal(Number(json));
}

/** Keys in order, at every depth. */
function ordered(json: string): string {
  switch (jsonKind(json)) {
    case "array":
      return arrayText(elements(json).map(ordered));
    case "bag":
      return bagText(sortedPairs(json).map(([key, value]) => [key, ordered(value)] as const));
    default:
      return json;
  }
}
