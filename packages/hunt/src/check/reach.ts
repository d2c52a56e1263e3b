import type { ExamineOptions, TableSchema } from "@goshawk/kql";

/** What names mean: the schemas of the catalogue, and the names that tables had before. */
export interface Schemas {
  table(name: string): TableSchema | undefined;
  tableNames(): readonly string[];
  oldNames(): ReadonlyMap<string, string>;
}

type Reach = Pick<ExamineOptions, "table" | "tableNames" | "layout" | "external">;
type OpenTable = TableSchema & { readonly open: true };

const custom = /\b[A-Za-z]\w*_CL\b/g;

/**
 * What a query may refer to where no data are at hand: custom tables and watchlists have whatever columns it names, and
 * files of `externaldata` hold nothing.
 */
export function reachOf(text: string, schemas: Schemas, own: ReadonlyMap<string, TableSchema>): Reach {
  const open = new Map(
    [...new Set(text.match(custom) ?? [])]
      .filter((name) => schemas.table(name) === undefined && !own.has(name))
      .map((name): [string, OpenTable] => [
        name,
        { name, open: true, columns: [{ name: "TimeGenerated", type: "datetime" }] },
      ]),
  );
  // The binder knows a name twice if it is told twice.
  const names = [...new Set([...schemas.tableNames(), ...own.keys(), ...open.keys()])];
  return {
    table: (name) => own.get(name) ?? schemas.table(name) ?? open.get(name) ?? watchlist(name),
    tableNames: () => names,
    layout: () => ({ relation: undefined, columns: new Map() }),
    external: () => ({ kind: "table", table: "no rows" }),
  };
}

function watchlist(name: string): OpenTable | undefined {
  if (!name.startsWith("_GetWatchlist(")) return undefined;
  return { name, open: true, columns: [{ name: "SearchKey", type: "string" }] };
}
