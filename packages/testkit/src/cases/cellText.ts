import type { KqlType } from "@goshawk/kql";
import type { Cell } from "../compare/cell.ts";
import { datetimeTicks, timespanTicks } from "../compare/ticks.ts";
import { jsonText } from "../read/yamlValue.ts";

/** A YAML value as a cell of a column of `type`; throws where the value is not of the type. */
export function cellText(value: unknown, type: KqlType): Cell {
  if (value === null) {
    if (type === "string") throw new Error("a string is never null: write ''");
    return null;
  }
  if (type === "dynamic") return jsonText(value);
  const text = scalarText(value, type);
  if (text === undefined) throw new Error(`${jsonText(value)} is no ${type}`);
  return text;
}

function scalarText(value: unknown, type: Exclude<KqlType, "dynamic">): string | undefined {
  switch (type) {
    case "bool":
      return typeof value === "boolean" ? String(value) : undefined;
    case "int":
    case "long":
      return typeof value === "bigint" ? String(value) : undefined;
    case "real":
    case "decimal":
      return typeof value === "bigint" || typeof value === "number" ? String(value) : undefined;
    case "string":
      return typeof value === "string" ? value : undefined;
    case "datetime":
      return typeof value === "string" && datetimeTicks(value) !== undefined ? value : undefined;
    case "timespan":
      return typeof value === "string" && timespanTicks(value) !== undefined ? value : undefined;
    case "guid":
      return typeof value === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? value : undefined;
  }
}
