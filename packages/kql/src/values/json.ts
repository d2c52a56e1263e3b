import { formatDatetime } from "./datetime.ts";
import { jsonReal } from "./realText.ts";
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
