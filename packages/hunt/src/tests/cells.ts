import { type KqlType, parseDatetime, parseTimespan, parseValue } from "@goshawk/kql";

/** A value of a test file as the text of a cell; undefined where its column can't hold it. */
export function cellText(value: unknown, type: KqlType): string | null | undefined {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "dynamic":
      return dynamicText(value);
    case "bool":
      return typeof value === "boolean" || /^(true|false)$/i.test(String(value))
        ? String(value).toLowerCase()
        : undefined;
    case "int":
    case "long":
    case "real":
    case "decimal":
    case "datetime":
    case "timespan":
    case "guid":
      return parseValue(type, String(value)) === undefined ? undefined : String(value);
    case "string":
      return typeof value === "object" ? JSON.stringify(value) : String(value);
  }
}

/** A text that is JSON of an object or a list is that; every other one is a text. */
function dynamicText(value: unknown): string {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return JSON.stringify(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}

/** Whether a cell of an answer is what a test expects there. */
export function isExpected(expected: unknown, cell: string | null, type: KqlType): boolean {
  const wanted = cellText(expected, type);
  if (wanted === undefined) return false;
  if (wanted === null || cell === null) return (wanted ?? "") === (cell ?? "");
  switch (type) {
    case "datetime":
      return parseDatetime(wanted) === parseDatetime(cell);
    case "timespan":
      return parseTimespan(wanted) === parseTimespan(cell);
    case "real":
    case "decimal":
      return Number(wanted) === Number(cell);
    case "bool":
      return wanted === (cell === "1" ? "true" : cell === "0" ? "false" : cell.toLowerCase());
    case "dynamic":
      return canonical(wanted) === canonical(cell);
    default:
      return wanted === cell;
  }
}

/** JSON without regard to white space and to the order of keys. */
function canonical(json: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(json)));
  } catch {
    return json;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
