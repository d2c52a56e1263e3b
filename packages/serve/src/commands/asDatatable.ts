import type { Cell, ResultTable } from "@goshawk/engine";
import type { KqlType } from "@goshawk/kql";

/** A table as a KQL expression, so that a pipeline can follow a command. */
export function asDatatable({ columns, rows }: ResultTable): string {
  const schema = columns.map(({ name, type }) => `[${textLiteral(name)}]:${type}`).join(", ");
  const cells = rows.flatMap((row) => columns.map(({ type }, at) => cellLiteral(row[at] ?? null, type)));
  return `datatable(${schema})[${cells.join(", ")}]`;
}

function cellLiteral(cell: Cell, type: KqlType): string {
  if (type === "string") return textLiteral(cell ?? "");
  return `${type}(${cell ?? "null"})`;
}

function textLiteral(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `"${escaped}"`;
}
