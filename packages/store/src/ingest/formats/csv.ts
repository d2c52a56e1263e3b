import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteIdentifier, quoteText } from "@goshawk/kql";
import { parse } from "csv-parse";
import type { Problem } from "../../store/receipt.ts";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";

const MAX_LINE_BYTES = 64 * 2 ** 20;

/** A CSV file with a header. */
export async function csvSource(path: string, workFolder: string, connection: DuckDBConnection): Promise<RowSource> {
  const delimiter = await delimiterOf(path);
  const header = await headerOf(path, delimiter);
  return (
    (await strictSource(path, header, delimiter, connection)) ?? tolerantSource(path, header, delimiter, workFolder)
  );
}

/** The engine's own reader, where the file is well formed; undefined where it isn't. */
async function strictSource(
  path: string,
  header: readonly string[],
  delimiter: string,
  connection: DuckDBConnection,
): Promise<RowSource | undefined> {
  const names = header.map((_, index) => `c${index}`);
  const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(", ");
  const from = `read_csv(${quoteText(path)}, columns = {${columns}}, auto_detect = false, header = true, delim = ${quoteText(delimiter)}, quote = '"', escape = '"', strict_mode = true, null_padding = false, max_line_size = ${MAX_LINE_BYTES})`;
  try {
    // Reading it through is the only proof that every quote closes.
    await textRows(connection, `select ${names.map((name) => `count(${name})`).join(", ")} from ${from}`);
  } catch {
    return undefined;
  }
  return sourceOver(from, names, header, [], []);
}

/** Headers lose the ` [UTC]` of portal exports; a column without a name is a data frame's index and goes. */
function sourceOver(
  from: string,
  names: readonly string[],
  header: readonly string[],
  problems: readonly Problem[],
  notes: readonly string[],
): RowSource {
  const kept = header.flatMap((name, index) => {
    const clean = cleanHeader(name);
    return clean === "" ? [] : [{ name: clean, column: names[index] ?? "" }];
  });
  const fields = kept.map((item) => item.name);
  const zones = new Set(header.flatMap((name) => /\[([^\]]+)\]$/.exec(name)?.[1] ?? []));
  const values = kept.map((item, index) => `${quoteIdentifier(item.column)} as f${index}`);
  return {
    format: zones.size > 0 ? "Log Analytics CSV" : fields[0] === "Timestamp" ? "Defender portal CSV" : "CSV",
    sql: `select row_number() over () as _line, ${values.join(", ")} from ${from}`,
    fields,
    ...(fields.includes("$table")
      ? { tableField: "$table" }
      : fields.includes("Type") && zones.size > 0
        ? { tableField: "Type" }
        : {}),
    rejected: [],
    problems,
    notes: [
      ...notes,
      ...[...zones]
        .filter((zone) => zone !== "UTC")
        .map((zone) => `times are marked [${zone}] and were read in the zone of --time-zone`),
    ],
  };
}

function cleanHeader(name: string): string {
  return name
    .replace(/^\ufeff/, "")
    .replace(/ \[[^\]]+\]$/, "")
    .trim();
}

async function headerOf(path: string, delimiter: string): Promise<readonly string[]> {
  const parser = createReadStream(path).pipe(parse({ bom: true, to: 1, relax_quotes: true, delimiter }));
  for await (const row of parser) return row as readonly string[];
  return [];
}

/** What separates the cells of the first line: the commonest of comma, semicolon, tab and bar. */
async function delimiterOf(path: string): Promise<string> {
  const lines = createInterface({ input: createReadStream(path, { encoding: "utf8", end: 65_536 }) });
  for await (const line of lines) {
    lines.close();
    const bare = line.replace(/"[^"]*"/g, "");
    const counts = [",", ";", "\t", "|"].map((mark) => [mark, bare.split(mark).length] as const);
    return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
  }
  return ",";
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Rows with a wrong quote or a cell too many are read as well as can be, and named. */
async function tolerantSource(
  path: string,
  header: readonly string[],
  delimiter: string,
  workFolder: string,
): Promise<RowSource> {
  const target = join(workFolder, `${basename(path)}-${Date.now()}.ndjson`);
  const quoted = await tolerantRows(path, header, { delimiter, quote: '"' }, target);
  // A quote that never closes swallows the rest of the file: then quotes are taken as letters.
  const lost = quoted.some((problem) => /not closed/i.test(problem.message));
  const problems = lost
    ? [...quoted, ...(await tolerantRows(path, header, { delimiter, quote: null }, target))]
    : quoted;
  const names = header.map((_, index) => `c${index}`);
  const structure = `{${names.map((name) => `"${name}":"VARCHAR"`).join(",")}}`;
  const from = `(select unnest(from_json(json, ${quoteText(structure)})) from read_ndjson_objects(${quoteText(target)}))`;
  const note = lost
    ? "a quote never closes, so quotes were read as letters"
    : "the CSV is not well formed and was read leniently";
  return sourceOver(from, names, header, problems, [note]);
}

interface Marks {
  readonly delimiter: string;
  readonly quote: string | null;
}

async function tolerantRows(
  path: string,
  header: readonly string[],
  marks: Marks,
  target: string,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const out = createWriteStream(target);
  const lenient = {
    bom: true,
    from: 2,
    relax_quotes: true,
    relax_column_count: true,
    info: true,
    skip_records_with_error: true,
  };
  const parser = createReadStream(path).pipe(parse({ ...lenient, ...marks }));
  const skipped = (error: { readonly lines?: number; readonly message: string }): void => {
    const place = error.lines === undefined ? {} : { line: error.lines };
    problems.push({ ...place, message: `${error.message}; quote the cell and double the quotes inside it` });
  };
  parser.on("skip", skipped);
  try {
    for await (const item of parser) {
      const { record, info } = item as ParsedRow;
      if (record.length !== header.length)
        problems.push({
          line: info.lines,
          message: `${record.length} cells where the header has ${header.length}; quote cells that hold a delimiter or a quote`,
        });
      const row = Object.fromEntries(record.map((cell, index) => [`c${index}`, cell]));
      if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, "drain");
    }
  } catch (error) {
    skipped(error as { readonly lines?: number; readonly message: string });
  }
  out.end();
  await once(out, "close");
  return problems;
}
