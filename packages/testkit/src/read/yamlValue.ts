export type Mapping = ReadonlyMap<unknown, unknown>;

export function requireMapping(value: unknown, what: string): Mapping {
  if (value instanceof Map) return value;
  throw new Error(`${what} should be a mapping`);
}

/** Throws at a key that is not among `known`, which is most often a misspelling. */
export function requireKeys(mapping: Mapping, known: readonly string[], what: string): void {
  const odd = [...mapping.keys()].find((key) => !known.includes(String(key)));
  if (odd !== undefined) throw new Error(`${what} has no key '${String(odd)}'; expected ${known.join(", ")}`);
}

export function requireText(mapping: Mapping, key: string): string {
  const value = mapping.get(key);
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new Error(`'${key}' should be a text`);
}

/** The value as JSON text, whole numbers with all their digits. */
export function jsonText(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  const entries = [...value].map(([key, item]) => `${JSON.stringify(String(key))}:${jsonText(item)}`);
  return `{${entries.join(",")}}`;
}
