import type { TableSchema } from "@goshawk/kql";
import { catalogueTable, catalogueTableNames, renamedTables } from "./catalogue/catalogue.ts";

/** The engine's view of the catalogue; its worker thread loads this module by `schemasModule`. */
export function table(name: string): TableSchema | undefined {
  return catalogueTable(name);
}

let names: readonly string[] | undefined;

/** Old names too, so that a query that still uses them binds. */
export function tableNames(): readonly string[] {
  names ??= [...catalogueTableNames(), ...renamedTables().keys()];
  return names;
}

/** The names that tables had before, and today's. */
export function oldNames(): ReadonlyMap<string, string> {
  return renamedTables();
}
