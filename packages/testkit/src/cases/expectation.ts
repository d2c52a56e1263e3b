import type { ColumnSchema, KqlType } from "@goshawk/kql";
import type { Row } from "../compare/rows.ts";
import { requireKeys, requireMapping, requireText } from "../read/yamlValue.ts";
import type { ExpectedError, ExpectedTable } from "./case.ts";
import { cellText } from "./cellText.ts";

const types: readonly string[] = [
  "bool",
  "int",
  "long",
  "real",
  "decimal",
  "datetime",
  "timespan",
  "string",
  "guid",
  "dynamic",
] satisfies readonly KqlType[];

/** What a case's `expect` says; throws where it says nothing that a table could be held against. */
export function expectationOf(value: unknown): ExpectedTable | ExpectedError {
  const fields = requireMapping(value, "'expect'");
  if (fields.has("error")) {
    requireKeys(fields, ["error"], "an expected error");
    return { error: requireText(fields, "error") };
  }
  requireKeys(fields, ["columns", "rows", "ordered"], "'expect'");
  const columns = columnsOf(fields.get("columns"));
  return { columns, rows: rowsOf(fields.get("rows"), columns), order: orderOf(fields.get("ordered")) };
}

function columnsOf(value: unknown): readonly ColumnSchema[] {
  return [...requireMapping(value, "'columns'")].map(([name, type]) => {
    if (!types.includes(String(type))) throw new Error(`'${String(type)}' is no type`);
    return { name: String(name), type: type as KqlType };
  });
}

function rowsOf(value: unknown, columns: readonly ColumnSchema[]): readonly Row[] {
  if (!Array.isArray(value)) throw new Error("'rows' should be a list of rows");
  return value.map((row: unknown, index) => {
    if (!Array.isArray(row) || row.length !== columns.length) {
      throw new Error(`row ${index + 1} should be a list of ${columns.length} cells`);
    }
    return columns.map(({ name, type }, column) => cellAt(row[column], type, `row ${index + 1}, '${name}'`));
  });
}

function cellAt(value: unknown, type: KqlType, place: string): string | null {
  try {
    return cellText(value, type);
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
  }
}

function orderOf(value: unknown): "any" | "given" {
  if (value !== undefined && typeof value !== "boolean") throw new Error("'ordered' should be true or false");
  return value === true ? "given" : "any";
}
