import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { TextTable } from "@goshawk/engine/duckdb";
import { jsonProperties, watchlistTable } from "@goshawk/kql";
import { delimitedRecords } from "./delimited.ts";
import { jsonCells, jsonValues } from "./jsonRecords.ts";

/** A watchlist's file that can't be read, and why. */
export interface WatchlistProblem {
  readonly file: string;
  readonly message: string;
}

export interface Watchlists {
  readonly tables: readonly TextTable[];
  readonly problems: readonly WatchlistProblem[];
}

/** As large as Sentinel lets a watchlist be, several times over. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * The watchlists of a folder: `<alias>.csv` with a header, `<alias>.json` as an array of objects, or a deployment
 * template (`watchlistAlias`, `rawContent`, `itemsSearchKey`).
 */
export async function readWatchlists(folder: string): Promise<Watchlists> {
  const names = (await readdir(folder)).filter((name) => /\.(csv|json)$/i.test(name)).sort();
  const tables = new Map<string, TextTable>();
  const problems: WatchlistProblem[] = [];
  for (const name of names) {
    const file = join(folder, name);
    try {
      for (const table of await watchlistsIn(file, name)) {
        if (tables.has(table.name)) throw new Error(`${table.name} is in another file too; keep one of them`);
        tables.set(table.name, table);
      }
    } catch (error) {
      problems.push({ file, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { tables: [...tables.values()], problems };
}

async function watchlistsIn(file: string, name: string): Promise<readonly TextTable[]> {
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES / 2 ** 20} MB`);
  const text = await readFile(file, "utf8");
  const alias = name.replace(/\.\w+$/, "");
  if (/\.csv$/i.test(name)) return [csvWatchlist(alias, text)];
  const templates = templatesIn(JSON.parse(text));
  return templates.length > 0 ? templates : [jsonWatchlist(alias, text)];
}

function csvWatchlist(alias: string, text: string, searchKey?: string): TextTable {
  const [header, ...rows] = delimitedRecords(text, ",");
  if (header === undefined) throw new Error("it has no header");
  const columns = header.map((column) => column.trim());
  return { name: watchlistTable(alias), ...withSearchKey(columns, rows, searchKey) };
}

function jsonWatchlist(alias: string, text: string): TextTable {
  const records = jsonValues(text);
  const keys = records.flatMap((record) => jsonProperties(record).map(([key]) => String(JSON.parse(key))));
  const columns = [...new Set(keys)];
  if (columns.length === 0) throw new Error("it holds no objects");
  const rows = records.map((record) =>
    jsonCells(
      record,
      columns.map((name) => ({ name })),
    ),
  );
  return { name: watchlistTable(alias), columns, rows };
}

/** `SearchKey` is one of the watchlist's own columns again. */
function withSearchKey(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  searchKey: string | undefined,
): Pick<TextTable, "columns" | "rows"> {
  const at = searchKey === undefined || columns.includes("SearchKey") ? -1 : columns.indexOf(searchKey);
  if (at < 0) return { columns, rows };
  return { columns: ["SearchKey", ...columns], rows: rows.map((row) => [row[at] ?? "", ...row]) };
}

/** The watchlists of an Azure resource template, however deep they stand in it. */
function templatesIn(value: unknown): readonly TextTable[] {
  if (Array.isArray(value)) return value.flatMap(templatesIn);
  if (typeof value !== "object" || value === null) return [];
  const fields = value as Readonly<Record<string, unknown>>;
  const { watchlistAlias, rawContent, itemsSearchKey } = fields;
  if (typeof watchlistAlias === "string" && typeof rawContent === "string")
    return [csvWatchlist(watchlistAlias, rawContent, typeof itemsSearchKey === "string" ? itemsSearchKey : undefined)];
  return Object.values(fields).flatMap(templatesIn);
}
