import { isCustomField, openColumn } from "./openColumns.ts";
import { functionsNamed, type Reach, wordsOf } from "./symbols.ts";
import type { ColumnSchema, TableSchema } from "./values/schema.ts";

/** The columns that Log Analytics gives to every custom table. */
const columns: readonly ColumnSchema[] = [
  { name: "TimeGenerated", type: "datetime" },
  { name: "TenantId", type: "string" },
  { name: "SourceSystem", type: "string" },
  { name: "Type", type: "string" },
];

/** A table of somebody else's workspace: nothing tells its columns, and it holds no rows here. */
export type AssumedTable = TableSchema & { readonly open: true; readonly assumed: true };

/**
 * The same names, with the custom tables that stored functions read and nothing knows, and the custom fields that such a
 * function names as their columns. Such functions are written for workspaces that have them; what is missing is said by
 * the tables' names, not by an error amid a function.
 */
export function withCustomTables<R extends Reach>(text: string, reach: R): R {
  const functions = functionsNamed(text, reach.functions ?? []);
  const fields = new Map<string, Map<string, ColumnSchema>>();
  for (const words of functions.map(({ body }) => wordsOf(body))) {
    const named = [...words].filter(isCustomField).map(openColumn);
    for (const name of words) {
      if (!/._CL$/.test(name) || reach.table(name) !== undefined) continue;
      const found = fields.get(name) ?? new Map(columns.map((column) => [column.name, column]));
      for (const column of named) found.set(column.name, column);
      fields.set(name, found);
    }
  }
  const assumed = new Map(
    [...fields].map(([name, found]): readonly [string, AssumedTable] => [
      name,
      { name, columns: [...found.values()], open: true, assumed: true },
    ]),
  );
  if (assumed.size === 0) return reach;
  return {
    ...reach,
    table: (name: string) => reach.table(name) ?? assumed.get(name),
    tableNames: () => [...reach.tableNames(), ...assumed.keys()],
  };
}
