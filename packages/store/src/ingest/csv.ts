import { createReadStream, createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import { parse } from "csv-parse";
import type { RowSource } from "./rowSource.ts";
import { textRows } from "./sql.ts";

/** A CSV file with a header. Headers lose the ` [UTC]` of portal exports, an unnamed first column is an index and goes. */
export async function csvSource(path: string, workFolder: string, connection: DuckDBConnection): Promise<RowSource> {
  const direct = await strictSource(path, connection).catch(() => undefined);
  return direct ?? tolerantSource(path, workFolder, connection);
}

async function strictSource(path: string, connection: DuckDBConnection): Promise<RowSource> {
  const from = `read_csv(${quoteText(path)}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', sample_size = -1, strict_mode = true, null_padding = false, max_line_size = 67108864, normalize_names = false)`;
  const described = await textRows(connection, `select column_name from (describe select * from ${from})`);
  const names = described.map(([name = ""]) => name);
  // Reading it through is the only proof that every quote closes.
  await connection.run(`select count(*) from ${from}`);
  const header = await headerOf(path);
  if (header.length !== names.length) throw new Error("the header was not taken as it is");
  return sourceOver(from, names, header, []);
}

function sourceOver(from: string, names: readonly string[], header: readonly string[], notes: readonly string[]): RowSource {
  const kept = header.map((name, index) => ({ name: cleanHeader(name), column: names[index] ?? "" })).filter((item) => item.name !== "");
  const columns = kept.map((item, index) => `"${item.column.replaceAll('"', '""')}" as f${index}`);
  const zones = new Set(header.flatMap((name) => /\[([^\]]+)\]$/.exec(name)?.[1] ?? []));
  const portal = zones.size > 0 ? "log-analytics-csv" : header[0] === "Timestamp" ? "defender-csv" : "csv";
  return {
    format: portal,
    sql: `select row_number() over () as _line, ${columns.join(", ")} from ${from}`,
    fields: kept.map((item) => item.name),
    ...(kept.some((item) => item.name === "$table") ? { tableField: "$table" } : {}),
    lost: [],
    notes: [...notes, ...[...zones].filter((zone) => zone !== "UTC").map((zone) => `times are marked [${zone}]; they were read as --time-zone says`)],
  };
}

function cleanHeader(name: string): string {
  return name.replace(/^\ufeff/, "").replace(/ \[[^\]]+\]$/, "").trim();
}

async function headerOf(path: string): Promise<readonly string[]> {
  const parser = createReadStream(path).pipe(parse({ bom: true, to: 1, relax_quotes: true }));
  for await (const row of parser) return row as readonly string[];
  return [];
}

/** Rows with a quote that is wrong or a cell too many are read as well as can be, and named. */
async function tolerantSource(path: string, workFolder: string, connection: DuckDBConnection): Promise<RowSource> {
  const header = await headerOf(path);
  const target = join(workFolder, "tolerant.ndjson");
  const notes: string[] = [];
  const out = createWriteStream(target);
  const parser = createReadStream(path).pipe(
    parse({ bom: true, from: 2, relax_quotes: true, relax_column_count: true, info: true, skip_records_with_error: true }),
  );
  parser.on("skip", (error: { readonly lines?: number; readonly message: string }) => {
    notes.push(`line ${error.lines ?? "?"}: ${error.message}; the line was left out`);
  });
  for await (const item of parser) {
    const { record, info } = item as { readonly record: readonly string[]; readonly info: { readonly lines: number } };
    if (record.length !== header.length && notes.length < 100)
      notes.push(`line ${info.lines}: ${record.length} cells where the header has ${header.length}; quote cells that hold commas or quotes`);
    const object = Object.fromEntries(record.map((cell, index) => [`c${index}`, cell]));
    if (!out.write(`${JSON.stringify(object)}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
  const names = header.map((_, index) => `c${index}`);
  const structure = `{${names.map((name) => `"${name}": "VARCHAR"`).join(", ")}}`;
  const from = `(select unnest(from_json(json, ${quoteText(structure)})) from read_ndjson_objects(${quoteText(target)}))`;
  await connection.run(`select count(*) from ${from}`);
  return sourceOver(from, names, header, ["the CSV is not well formed; it was read leniently", ...notes]);
}
