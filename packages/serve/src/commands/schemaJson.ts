import type { StoredFunction } from "@goshawk/kql";
import { clrType } from "../wire/kusto/names.ts";
import type { ShownTable } from "./command.ts";

/** The schema as editors of KQL read it. */
export function schemaJson(
  database: string,
  tables: readonly ShownTable[],
  functions: readonly StoredFunction[],
): string {
  return JSON.stringify({
    Plugins: [],
    Databases: {
      [database]: {
        Name: database,
        Tables: Object.fromEntries(tables.map((table) => [table.name, tableJson(table)])),
        ExternalTables: {},
        MaterializedViews: {},
        EntityGroups: {},
        Graphs: {},
        StoredQueryResults: {},
        MajorVersion: 1,
        MinorVersion: 0,
        Functions: Object.fromEntries(functions.map((item) => [item.name, functionJson(item)])),
        DatabaseAccessMode: "ReadOnly",
      },
    },
  });
}

export function tableJson({ name, columns }: ShownTable): object {
  return {
    Name: name,
    Folder: "",
    DocString: "",
    EntityType: "Table",
    OrderedColumns: columns.map(({ name: column, type }) => ({
      Name: column,
      Type: clrType(type),
      CslType: type,
      DocString: "",
    })),
  };
}

function functionJson({ name, body }: StoredFunction): object {
  return {
    Name: name,
    InputParameters: [],
    Body: body,
    Folder: "",
    DocString: "",
    FunctionKind: "Unknown",
    OutputColumns: [],
  };
}
