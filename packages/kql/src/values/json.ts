import { formatDatetime } from "./datetime.ts";
import { formatTimespan } from "./timespan.ts";
import type { KqlType } from "./type.ts";

/** A Kusto value as it stands inside a `dynamic`, in JSON text. */
export function jsonText(type: KqlType, value: string | bigint | number | boolean | null): string {
  if (value === null) return "null";
  switch (type) {
    case "datetime":
      return JSON.stringify(formatDatetime(BigInt(value)));
    case "timespan":
      return JSON.stringify(formatTimespan(BigInt(value)));
    case "real":
      return jsonReal(Number(value));
    case "dynamic":
    case "bool":
    case "int":
    case "long":
      return String(value);
    case "decimal":
    case "guid":
    case "string":
      return JSON.stringify(value);
  }
}

/** A real number in JSON; what JSON has no number for becomes text, as Kusto does. */
export function jsonReal(value: number): string {
  if (Number.isNaN(value)) return '"NaN"';
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
