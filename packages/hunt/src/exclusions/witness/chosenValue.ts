import type { Comparison } from "@goshawk/kql";
import { isChosenFreely } from "../draft/fields.ts";

/** A text that an attacker could give a column to make a comparison true; undefined where the column is not theirs. */
export function chosenValue({ field, operator, values }: Comparison): string | undefined {
  const [value] = values;
  if (value === undefined || !isChosenFreely(field)) return undefined;
  switch (operator.replace(/(_cs|~)$/, (end) => (operator === "=~" || operator === "!~" ? end : ""))) {
    case "==":
    case "=~":
    case "in":
      return value;
    case "contains":
    case "has":
    case "has_any":
      return isPath(field) ? `C:\\Users\\Public\\${bare(value)}\\${fileName}` : value;
    case "startswith":
    case "hasprefix":
      return isPath(field) ? `${value.replace(/\\$/, "")}\\${fileName}` : `${value}x`;
    case "endswith":
    case "hassuffix":
      return isPath(field) ? `C:\\Users\\Public${value.startsWith("\\") ? "" : "\\"}${value}` : `x${value}`;
    case "!=":
    case "!~":
    case "!in":
    case "!contains":
    case "!has":
    case "!startswith":
    case "!endswith":
      return values.includes("x.exe") ? "y.exe" : isPath(field) ? `C:\\Users\\Public\\${fileName}` : "x.exe";
    default:
      return undefined;
  }
}

const fileName = "a.exe";

function isPath(column: string): boolean {
  return column.endsWith("FolderPath");
}

function bare(text: string): string {
  return text.replace(/^[A-Za-z]:/, "").replaceAll(/^\\+|\\+$/g, "");
}
