import { isUtf8 } from "node:buffer";
import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import type { Problem } from "../../store/receipt.ts";
import { textRows } from "../sql.ts";
import { byteLines } from "./byteLines.ts";
import { type JsonLayout, keyPath, recordsSql } from "./records.ts";
import { UnreadableError } from "./unreadable.ts";

/** Their text is held in memory. */
const MOST = 100_000;

/** What to say of `odd` records that are no rows: line by line where they stand in lines of their own. */
export async function rejectionsOf(
  path: string,
  shape: { readonly layout: JsonLayout; readonly list?: string; readonly row?: string },
  odd: number,
  connection: DuckDBConnection,
): Promise<{ readonly rejected: readonly Problem[]; readonly problems: readonly Problem[] }> {
  if (odd === 0) return { rejected: [], problems: [] };
  if (shape.layout !== "newline_delimited" || shape.list !== undefined) {
    const message = `${odd} records are no JSON objects and were left out; ask for the data again`;
    return { rejected: [], problems: [{ message }] };
  }
  const row = shape.row === undefined ? "json" : `json_extract(json, ${quoteText(keyPath(shape.row))})`;
  return {
    rejected: await rejectedLines(path, recordsSql(path, shape.layout), row, odd, connection),
    problems: [],
  };
}

/** Lines that hold no row, with their numbers; the file is read once more only where there are some. */
async function rejectedLines(
  path: string,
  records: string,
  row: string,
  count: number,
  connection: DuckDBConnection,
): Promise<readonly Problem[]> {
  if (count > MOST)
    throw new UnreadableError(`${count} lines are no JSON objects; expected one JSON object a line: export it again`);
  const numbered = `select row_number() over () as n, json_type(${row}) as t from ${records}`;
  const odd = await textRows(connection, `select n from (${numbered}) where t is distinct from 'OBJECT'`);
  const wanted = new Set(odd.map(([number]) => Number(number)));
  const rejected: Problem[] = [];
  let line = 0;
  let record = 0;
  for await (const withEnd of byteLines(path)) {
    const bytes = withEnd.replace(/\r?\n$/, "");
    line++;
    if (bytes.trim() === "") continue;
    record++;
    if (wanted.has(record)) rejected.push({ line, ...problemOf(Buffer.from(bytes, "latin1")) });
  }
  return rejected;
}

function problemOf(bytes: Buffer): Omit<Problem, "line"> {
  const text = bytes.toString("utf8");
  if (!isUtf8(bytes)) return { text, message: "the line is no UTF-8 text; save the file as UTF-8" };
  try {
    JSON.parse(text);
    return { column: 1, text, message: "expected a JSON object, one row a line" };
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    const column = at === undefined ? text.length + 1 : Number(at) + 1;
    const message = "the line is no whole JSON object; export it again, or mend it and ingest the file once more";
    return { column, text, message };
  }
}
