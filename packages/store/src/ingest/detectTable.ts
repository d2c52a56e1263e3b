import { basename } from "node:path";
import { catalogueTable, catalogueTableNames, renamedTables } from "../catalogue/catalogue.ts";

/** What is known of rows whose table is to be found. */
export interface TableClues {
  /** A name that the rows or the context give. */
  readonly named: string | undefined;
  readonly fileName: string;
  readonly fields: readonly string[];
  /** `ActionType` values seen in a sample. */
  readonly actions: readonly string[];
}

export interface DetectedTable {
  readonly table: string;
  readonly how: "named" | "action-type" | "file-name" | "columns" | "custom";
}

/** Actions that only one Defender table has. */
const tableByAction: readonly (readonly [RegExp, string])[] = [
  [/^ImageLoaded$/, "DeviceImageLoadEvents"],
  [/^File(Created|Modified|Deleted|Renamed)$/, "DeviceFileEvents"],
  [/^ProcessCreated/, "DeviceProcessEvents"],
  [/^(Connection|InboundConnection|ListeningConnection|NetworkSignature|DnsConnection)/, "DeviceNetworkEvents"],
  [/^Logon/, "DeviceLogonEvents"],
  [/^Registry/, "DeviceRegistryEvents"],
];

const MINIMUM_HITS = 3;
const MINIMUM_SCORE = 0.6;
/** Columns that a table named by the rows or by the file has to share with them. */
const NAMED_MINIMUM = 0.5;
/** The part of a table's columns that rows fill when they are whole, not projected. */
const WHOLE = 0.75;
const systemColumns = new Set([
  "TenantId",
  "SourceSystem",
  "Type",
  "_ResourceId",
  "MG",
  "ManagementGroupName",
  "TimeGenerated",
  "Timestamp",
]);

/** The table that rows belong to; a custom table of their own rather than a wrong one. */
export function detectTable(clues: TableClues): DetectedTable {
  const byName = fromName(clues);
  if (byName !== undefined) return { table: byName, how: "named" };
  const byAction = fromActions(clues);
  if (byAction !== undefined) return { table: byAction, how: "action-type" };
  const byFile = fromFileName(clues);
  if (byFile !== undefined) return { table: byFile, how: "file-name" };
  const byColumns = fromColumns(clues.fields);
  if (byColumns !== undefined) return { table: byColumns, how: "columns" };
  return { table: nameOfFile(clues.fileName), how: "custom" };
}

/** A result that was made from a table keeps its `Type` and little else: that is no row of the table. */
function fromName({ named, fields }: TableClues): string | undefined {
  if (named === undefined || named === "") return undefined;
  const known = (catalogueTable(named) ?? caseless(named))?.name;
  if (known === undefined) return customName(named);
  if (fields.length === 0 || catalogueTable(known)?.open === true) return known;
  return overlap(known, fields).ratio >= NAMED_MINIMUM ? known : undefined;
}

function caseless(name: string): { readonly name: string } | undefined {
  const wanted = name.toLowerCase();
  const found = catalogueTableNames().find((candidate) => candidate.toLowerCase() === wanted);
  return found === undefined ? undefined : { name: found };
}

/** The custom table of a file that is no known table's. */
export function nameOfFile(path: string): string {
  return customName(basename(path).replace(/\..*$/, ""));
}

/** A name that KQL takes without quotes. */
function customName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(\d)/, "_$1");
  return /_CL$/.test(plain) || plain.startsWith("_Custom") ? plain : `${plain === "" ? "Custom" : plain}_CL`;
}

function fromActions(clues: TableClues): string | undefined {
  if (clues.actions.length === 0) return undefined;
  const tables = new Set(clues.actions.map((action) => tableByAction.find(([test]) => test.test(action))?.[1]));
  const [only] = tables;
  return tables.size === 1 && only !== undefined && overlap(only, clues.fields).ratio >= MINIMUM_SCORE
    ? only
    : undefined;
}

function fromFileName(clues: TableClues): string | undefined {
  const name = clues.fileName.toLowerCase();
  const found = [...catalogueTableNames(), ...renamedTables().keys()].filter((table) => standsIn(table, name));
  const longest = found.sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) return undefined;
  const { hits, ratio } = overlap(longest, clues.fields);
  return hits >= MINIMUM_HITS && ratio >= NAMED_MINIMUM ? catalogueTable(longest)?.name : undefined;
}

/** As a word of its own: `linux_events` is no file of the table Event. */
function standsIn(table: string, fileName: string): boolean {
  const at = fileName.indexOf(table.toLowerCase());
  if (table.length <= 4 || at < 0) return false;
  return !/[a-z]/.test(fileName[at - 1] ?? "") && !/[a-z]/.test(fileName[at + table.length] ?? "");
}

/** The table with most of the columns, unless the rows could as well be a projection of another one. */
function fromColumns(fields: readonly string[]): string | undefined {
  const found = catalogueTableNames()
    .filter((table) => !table.endsWith("_CL"))
    .map((table) => ({ table, ...overlap(table, fields) }))
    .filter(({ hits, ratio, telling }) => hits >= MINIMUM_HITS && telling >= MINIMUM_HITS && ratio >= MINIMUM_SCORE)
    .sort((a, b) => b.ratio + 0.3 * b.cover - (a.ratio + 0.3 * a.cover));
  const [best, ...others] = found;
  if (best === undefined) return undefined;
  const certain = best.cover >= WHOLE || others.every((other) => other.hits < best.hits);
  return certain ? best.table : undefined;
}

function overlap(
  table: string,
  fields: readonly string[],
): { readonly hits: number; readonly telling: number; readonly ratio: number; readonly cover: number } {
  const names = new Set(catalogueTable(table)?.columns.map((column) => column.name));
  const found = fields.filter((field) => names.has(field));
  return {
    hits: found.length,
    telling: found.filter((field) => !systemColumns.has(field)).length,
    ratio: fields.length === 0 ? 0 : found.length / fields.length,
    cover: names.size === 0 ? 0 : found.length / names.size,
  };
}
