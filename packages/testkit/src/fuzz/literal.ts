import type { KqlType } from "@goshawk/kql";
import type { Cell } from "../compare/cell.ts";

/** The KQL literal for a cell of `type`. */
export function literalOf(cell: Cell, type: KqlType): string {
  if (type === "string") return quoted(cell ?? "");
  if (type === "dynamic") return `dynamic(${cell ?? "null"})`;
  if (cell === null) return `${type}(null)`;
  switch (type) {
    case "bool":
      return cell;
    case "real":
      return `real(${cell.replace(/Infinity/i, "inf")})`;
    case "int":
    case "long":
    case "decimal":
    case "datetime":
    case "timespan":
    case "guid":
      return `${type}(${cell})`;
  }
}

/** A text as a KQL string literal. */
export function quoted(text: string): string {
  const escaped = text.replaceAll(/[\\"\p{Cc}\u2028\u2029\ufeff]/gu, (char) => escapes[char] ?? hex(char));
  return `"${escaped}"`;
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const hex = (char: string): string => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
