import { createReadStream } from "node:fs";
import { type DuckDBConnection, fileSql } from "@goshawk/engine/duckdb";
import { quoteIdentifier, quoteText } from "@goshawk/kql";
import { parse } from "csv-parse";
import type { RowSource } from "../rowSource.ts";
import { textRows } from "../sql.ts";
import { byteLines } from "./byteLines.ts";
import { dateOrderOf, dateOrderSql, mayHoldDates } from "./dateOrder.ts";
import { recordsSql } from "./records.ts";
import { asUtf8 } from "./textFile.ts";
import { readTolerantly } from "./tolerantCsv.ts";
import { UnreadableError } from "./unreadable.ts";

const MAX_LINE_BYTES = 32 * 2 ** 20;

/** A CSV file with a header. */
export async function csvSource(path: string, workFolder: string, connection: DuckDBConnection): Promise<RowSource> {
  const delimiter = await delimiterOf(path);
  const header = await headerOf(path, delimiter);
  if (header.length === 0) throw new UnreadableError("the CSV has no header; the first line has to name the columns");
  const strict = await strictSource(path, header, delimiter, connection);
  if (strict !== undefined) return strict;
  const utf8 = await asUtf8(path, workFolder);
  if (utf8 === undefined) return tolerantSource(path, header, delimiter, workFolder, connection);
  const source = await csvSource(utf8, workFolder, connection);
  return { ...source, notes: [...source.notes, "the file is no UTF-8 and was read as Windows-1252"] };
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
  const from = `read_csv(${fileSql(path)}, compression = 'none', hive_partitioning = false, columns = {${columns}}, auto_detect = false, header = true, delim = ${quoteText(delimiter)}, quote = '"', escape = '"', strict_mode = true, null_padding = false, max_line_size = ${MAX_LINE_BYTES}, buffer_size = ${MAX_LINE_BYTES})`;
  try {
    // Reading it through is the only proof that every quote closes.
    return await sourceOver(from, names, header, connection);
  } catch (error) {
    if (!/^(Invalid Input|Conversion|Parser) Error/.test(error instanceof Error ? error.message : "")) throw error;
    return undefined;
  }
}

/** Headers lose the ` [UTC]` of portal exports; a first column without a name is a data frame's index and goes. */
async function sourceOver(
  from: string,
  names: readonly string[],
  header: readonly string[],
  connection: DuckDBConnection,
): Promise<RowSource> {
  const dated = names.filter((_, index) => mayHoldDates(header[index] ?? ""));
  const aggregates = [...dateOrderSql(dated), ...names.map((name) => `count(${name})`)];
  const [answers = []] = await textRows(connection, `select ${aggregates.join(", ")} from ${from}`);
  const taken = new Set<string>();
  const kept = header.flatMap((name, index) => {
    const clean = cleanHeader(name);
    if (clean === "" && index === 0) return [];
    return [{ name: distinctName(clean === "" ? `Column${index + 1}` : clean, taken), column: names[index] ?? "" }];
  });
  const fields = kept.map((item) => item.name);
  const zones = new Set(header.flatMap((name) => /\[([^\]]+)\]$/.exec(name)?.[1] ?? []));
  const values = kept.map((item, index) => `${quoteIdentifier(item.column)} as f${index}`);
  return {
    format: zones.size > 0 ? "Log Analytics CSV" : fields[0] === "Timestamp" ? "Defender portal CSV" : "CSV",
    sql: `select row_number() over () as _line, ${values.join(", ")} from ${from}`,
    sample: `select ${values.join(", ")} from ${from} limit 2000`,
    fields,
    dates: dateOrderOf(answers),
    ...(fields.includes("$table")
      ? { tableField: "$table" }
      : fields.includes("Type") && zones.size > 0
        ? { tableField: "Type" }
        : {}),
    rejected: [],
    problems: [],
    notes: [...zones]
      .filter((zone) => zone !== "UTC")
      .map((zone) => `times are marked [${zone}] and were read in the zone of --time-zone`),
  };
}

function distinctName(name: string, taken: Set<string>): string {
  let distinct = name;
  for (let number = 2; taken.has(distinct); number++) distinct = `${name}_${number}`;
  taken.add(distinct);
  return distinct;
}

function cleanHeader(name: string): string {
  return name
    .replace(/^\ufeff/, "")
    .replace(/ \[[^\]]+\]$/, "")
    .trim();
}

/** What separates the cells of the first line: the commonest of comma, semicolon, tab and bar. */
async function delimiterOf(path: string): Promise<string> {
  for await (const line of byteLines(path)) {
    const bare = line.replace(/"[^"]*"/g, "");
    const counts = [",", ";", "\t", "|"].map((mark) => [mark, bare.split(mark).length] as const);
    return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
  }
  return ",";
}

async function headerOf(path: string, delimiter: string): Promise<readonly string[]> {
  const parser = createReadStream(path).pipe(
    parse({ bom: true, to: 1, relax_quotes: true, max_record_size: 2 ** 20, delimiter }),
  );
  try {
    for await (const row of parser) return row as readonly string[];
  } catch {
    throw new UnreadableError("the first line is no CSV header; check its quotes");
  }
  return [];
}

/** Rows with a wrong quote or a cell too many are named, and all others are read. */
async function tolerantSource(
  path: string,
  header: readonly string[],
  delimiter: string,
  workFolder: string,
  connection: DuckDBConnection,
): Promise<RowSource> {
  const { target, rejected, problems } = await readTolerantly(path, { width: header.length, delimiter }, workFolder);
  const names = header.map((_, index) => `c${index}`);
  const structure = `{${names.map((name) => `"${name}":"VARCHAR"`).join(",")}}`;
  const from = `(select unnest(from_json(json, ${quoteText(structure)})) from ${recordsSql(target, "newline_delimited")})`;
  const source = await sourceOver(from, names, header, connection);
  const note = "the CSV is not well formed and was read record by record";
  return { ...source, rejected, problems, notes: [note, ...source.notes] };
}
