import { elements, properties } from "./jsonText.ts";

/** What sort of value a JSON text writes. */
export type JsonKind = "array" | "bag" | "string" | "number" | "bool" | "null";

export function jsonKind(json: string): JsonKind {
  switch (json[0]) {
    case "[":
      return "array";
    case "{":
      return "bag";
    case '"':
      return "string";
    case "t":
    case "f":
      return "bool";
    case "n":
      return "null";
    default:
      return "number";
  }
}

export const isArray = (json: string): boolean => json[0] === "[";
export const isBag = (json: string): boolean => json[0] === "{";

export function arrayText(items: readonly string[]): string {
  return `[${items.join(",")}]`;
}

export function bagText(pairs: Iterable<readonly [key: string, value: string]>): string {
  return `{${[...pairs].map(([key, value]) => `${key}:${value}`).join(",")}}`;
}

/** The text inside a JSON string; the JSON text of any other value. */
export function plainText(json: string): string {
  if (json[0] !== '"') return json;
  try {
    return String(JSON.parse(json));
  } catch {
    return json.slice(1, -1);
  }
}

/** The number that a JSON text writes, or undefined for other values. */
export function jsonNumber(json: string): number | undefined {
  return jsonKind(json) === "number" ? Number(json) : undefined;
}

/** A whole number of JSON, exact to 64 bits and more. */
export function jsonInteger(json: string): bigint | undefined {
  return /^-?\d+$/.test(json) ? BigInt(json) : undefined;
}

/** Equal values have equal identities: 1 and 1.0 are one number, and the order of a bag's keys does not count. */
export function identity(json: string): string {
  switch (jsonKind(json)) {
    case "array":
      return arrayText(elements(json).map(identity));
    case "bag":
      return bagText(sortedPairs(json).map(([key, value]) => [key, identity(value)] as const));
    case "string":
      return JSON.stringify(plainText(json));
    case "number":
      return numberIdentity(json);
    case "bool":
    case "null":
      return json;
  }
}

function numberIdentity(json: string): string {
  const whole = jsonInteger(json);
  if (whole !== undefined) return String(whole);
  const value = Number(json);
  return Number.isInteger(value) ? String(BigInt(value)) : String(value);
}

/** A bag's properties by key in code-unit order; of equal keys the first counts. */
export function sortedPairs(json: string): readonly (readonly [key: string, value: string])[] {
  return [...uniquePairs(json)].sort(([a], [b]) => compareText(plainText(a), plainText(b)));
}

/** A bag's properties; of equal keys the first counts. Empty for anything else. */
export function uniquePairs(json: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of properties(json)) {
    const plain = JSON.stringify(plainText(key));
    if (!found.has(plain)) found.set(plain, value);
  }
  return found;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
