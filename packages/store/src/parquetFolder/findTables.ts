import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { catalogueTable, catalogueTableNames } from "../catalogue/catalogue.ts";

/** A table's Parquet files in a folder of somebody else's. */
export interface FoundTable {
  readonly name: string;
  readonly files: readonly string[];
  /** Folders below it are called `<column>=<value>`. */
  readonly partitioned: boolean;
}

export interface FoundTables {
  readonly tables: readonly FoundTable[];
  /** What is there but can't be read as it stands, and why. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

/** `<Table>.parquet` and `<Table>/**` with files called `*.parquet` below; links and hidden names are passed over. */
export async function findTables(folder: string): Promise<FoundTables> {
  const tables = new Map<string, FoundTable>();
  const refused: { name: string; reason: string }[] = [];
  const add = (name: string, files: readonly string[]): void => {
    const known = tables.get(name);
    const all = [...(known?.files ?? []), ...files];
    if (all.length > 0)
      tables.set(name, {
        name,
        files: all,
        partitioned: all.every((file) => /[\\/][^\\/=]+=[^\\/]*[\\/]/.test(file.slice(folder.length))),
      });
  };
  for (const name of await visibleNames(folder)) {
    const path = join(folder, name);
    const facts = await lstat(path);
    if (facts.isFile() && name.endsWith(".parquet")) add(tableName(name.slice(0, -".parquet".length)), [path]);
    if (!facts.isDirectory()) continue;
    const names = new Set(await readdir(path));
    const table = tableName(name);
    if (names.has("_delta_log") || names.has("metadata"))
      refused.push({
        name: table,
        reason: `${path} is a table of Delta or Iceberg, whose files also hold rows that it has deleted; write its rows out as plain Parquet`,
      });
    else add(table, await parquetFilesBelow(path));
  }
  return { tables: [...tables.values()], refused };
}

async function parquetFilesBelow(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const name of await visibleNames(folder)) {
    const path = join(folder, name);
    const facts = await lstat(path);
    if (facts.isDirectory()) files.push(...(await parquetFilesBelow(path)));
    else if (facts.isFile() && name.endsWith(".parquet") && facts.size > 0) files.push(path);
  }
  return files;
}

/** Other tools begin the names of what is no data with a dot or an underscore. */
async function visibleNames(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => !/^[._]/.test(name)).sort();
}

/** Names of folders often lose their letter case, and have characters that a table's name has not. */
function tableName(name: string): string {
  if (catalogueTable(name) !== undefined) return catalogueTable(name)?.name ?? name;
  const found = catalogueTableNames().find((known) => known.toLowerCase() === name.toLowerCase());
  return found ?? name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(\d)/, "_$1");
}
