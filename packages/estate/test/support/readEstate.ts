import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A row as it stands in a file. */
export interface ReadRow {
  readonly file: string;
  readonly table: string;
  readonly portal: boolean;
  readonly cells: Readonly<Record<string, unknown>>;
  /** `2026-10-16T09:05:08.1234567Z`; a portal export's seconds get a fraction of zeros. Texts compare as times do. */
  readonly time: string;
}

export function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return entries
    .filter((entry) => statSync(join(folder, entry)).isFile())
    .map((entry) => entry.replaceAll("\\", "/"))
    .sort();
}

export function sizeOf(folder: string, path: string): number {
  return statSync(join(folder, path)).size;
}

/** Reads every file of an estate without any help from what wrote it. */
export function readEstate(folder: string): ReadRow[] {
  return filesUnder(folder).flatMap((path) => {
    if (path === "manifest.json") return [];
    const text = readFileSync(join(folder, path), "utf8");
    return path.endsWith(".csv") ? readPortal(path, text) : readStream(path, text);
  });
}

function readStream(file: string, text: string): ReadRow[] {
  const lines = text.split("\r\n");
  if (lines.pop() !== "") throw new Error(`${file} does not end with CRLF`);
  return lines.map((line): ReadRow => {
    const record = JSON.parse(line) as { category: string; properties: Record<string, unknown> };
    const table = record.category.replace("AdvancedHunting-", "");
    return { file, table, portal: false, cells: record.properties, time: String(record.properties.Timestamp) };
  });
}

function readPortal(file: string, text: string): ReadRow[] {
  const [header = [], ...rows] = parseCsv(text.replace(/^\uFEFF/, ""));
  const table = /([A-Za-z]+)_/.exec(file.split("/").at(-1) ?? "")?.[1] ?? "";
  return rows.map((row): ReadRow => {
    const cells = Object.fromEntries(header.map((name, place) => [name, row[place]]));
    return { file, table, portal: true, cells, time: portalTime(String(cells.Timestamp)) };
  });
}

export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function portalTime(text: string): string {
  const ms = Date.parse(`${text} UTC`);
  if (Number.isNaN(ms)) throw new Error(`not a portal time: ${text}`);
  return new Date(ms).toISOString().replace(".000Z", ".0000000Z");
}
