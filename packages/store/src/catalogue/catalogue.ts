import { readFileSync } from "node:fs";
import type { ColumnSchema, KqlType } from "@goshawk/kql";

/** A table of Defender or Sentinel: the columns of both shapes as one. */
export interface CatalogueTable {
  readonly name: string;
  readonly columns: readonly ColumnSchema[];
  /** What a tenant sends decides on further columns. */
  readonly open: boolean;
  /** A table of advanced hunting: `Timestamp` and `TimeGenerated` are its event time. */
  readonly defender: boolean;
}

interface Facts {
  readonly renamed: ReadonlyMap<string, string>;
  readonly names: readonly string[];
  readonly rows: ReadonlyMap<string, readonly [name: string, flags: number, columns: string]>;
}

let facts: Facts | undefined;
const tables = new Map<string, CatalogueTable>();

function loadFacts(): Facts {
  if (facts === undefined) {
    const text = readFileSync(new URL("../../catalogue.json", import.meta.url), "utf8");
    const read = JSON.parse(text) as {
      readonly renamed: Readonly<Record<string, string>>;
      readonly tables: readonly (readonly [string, number, string])[];
    };
    facts = {
      renamed: new Map(Object.entries(read.renamed)),
      names: read.tables.map(([name]) => name),
      rows: new Map(read.tables.map((row) => [row[0], row] as const)),
    };
  }
  return facts;
}

/** The table of that name, or of that name before 2020. */
export function catalogueTable(name: string): CatalogueTable | undefined {
  const { rows, renamed } = loadFacts();
  const current = rows.has(name) ? name : (renamed.get(name) ?? name);
  const known = tables.get(current);
  if (known !== undefined) return known;
  const row = rows.get(current);
  if (row === undefined) return undefined;
  const flags = row[1];
  const table = { name: current, open: flags % 2 === 1, defender: flags >= 2, columns: columnsOf(row[2]) };
  tables.set(current, table);
  return table;
}

function columnsOf(text: string): readonly ColumnSchema[] {
  if (text === "") return [];
  return text.split(",").map((pair) => {
    const colon = pair.lastIndexOf(":");
    return { name: pair.slice(0, colon), type: pair.slice(colon + 1) as KqlType };
  });
}

/** The names of all tables, old names not among them. */
export function catalogueTableNames(): readonly string[] {
  return loadFacts().names;
}

/** Names of Defender tables before 2020, and today's. */
export function renamedTables(): ReadonlyMap<string, string> {
  return loadFacts().renamed;
}
