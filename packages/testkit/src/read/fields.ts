/** A JSON object's fields, not yet trusted. */
export type Fields = { readonly [name: string]: unknown };

export function fieldsOf(value: unknown, place: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Error(`${place}: expected an object`);
}

/** The text under `name`; throws with the place where there is none. */
export function textField(fields: Fields, name: string, place: string): string {
  const value = fields[name];
  if (typeof value === "string") return value;
  throw new Error(`${place}: '${name}' should be a text, not ${JSON.stringify(value)}`);
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
