import type { ResultTable } from "@goshawk/engine";
import type { Rule } from "../rules/rule.ts";
import { entityColumns } from "./entityColumns.ts";

/**
 * The columns that tell one finding of a rule from another: those of its entity mappings, else those that name
 * entities, else every text. Times and counts change from run to run and are never part of it.
 */
export function identityColumns(rule: Rule, table: ResultTable): readonly number[] {
  const mapped = rule.entityMappings.flatMap((mapping) => mapping.fieldMappings.map((field) => field.columnName));
  const texts = table.columns.flatMap((column, index) =>
    column.type === "string" || column.type === "guid" ? [{ name: column.name, index }] : [],
  );
  for (const names of [mapped, entityColumns]) {
    const found = texts.filter((column) => names.includes(column.name));
    if (found.length > 0) return found.map((column) => column.index);
  }
  return texts.map((column) => column.index);
}

type Row = readonly (string | null)[];

/** What is equal for rows that are the same finding. */
export function identityOf(row: Row, columns: readonly number[]): string {
  return JSON.stringify(columns.map((index) => row[index] ?? ""));
}
