import { type DuckDBConnection, parquetFilesSql } from "@goshawk/engine/duckdb";
import { quoteIdentifier, quoteText } from "@goshawk/kql";
import type { UnconvertedColumn } from "../store/receipt.ts";
import { writeSegmentFile } from "../store/segmentFile.ts";
import type { NewSegment } from "../store/writer.ts";
import { type ConvertOptions, convertSql, isNothingSql } from "./convert.ts";
import { textRows } from "./sql.ts";
import type { TypedField } from "./typeColumns.ts";

export interface SegmentJob {
  readonly table: string;
  readonly source: string;
  /** SQL of the rows, with `_line` and `f<i>`. */
  readonly rows: string;
  readonly columns: readonly TypedField[];
  readonly path: string;
  readonly convert: ConvertOptions;
}

/** Writes the rows of one table into a Parquet file, in the order of segments; undefined when there are none. */
export async function writeSegment(
  job: SegmentJob,
  connection: DuckDBConnection,
): Promise<{ readonly segment: NewSegment; readonly unconverted: readonly UnconvertedColumn[] } | undefined> {
  const { table, path } = job;
  const columns = job.columns.map((item) => item.column);
  const written = await writeSegmentFile({ table, columns, rows: segmentSql(job), path }, connection);
  if (written === undefined) return undefined;
  const { segment, unconverted } = written;
  const stored = parquetFilesSql([path]);
  return { segment, unconverted: unconverted === 0 ? [] : await countUnconverted(table, stored, connection) };
}

function segmentSql(job: SegmentJob): string {
  const converted = job.columns.map(
    ({ field, column }) => `${convertSql(`f${field}`, column.type, job.convert)} as v${field}`,
  );
  const fallible = job.columns.filter(({ column }) => column.type !== "string" && column.type !== "dynamic");
  const failed = ({ field, column }: TypedField): string =>
    `(v${field} is null and not ${isNothingSql(`f${field}`, column.type)})`;
  const entries = fallible.map(
    (item) => `{'k': ${quoteText(item.column.name)}, 'v': case when ${failed(item)} then f${item.field} end}`,
  );
  const bag = `cast(to_json(map_from_entries(list_filter([${entries.join(", ")}], lambda x: x.v is not null))) as VARCHAR)`;
  const unconverted =
    fallible.length === 0 ? "cast(null as VARCHAR)" : `case when ${fallible.map(failed).join(" or ")} then ${bag} end`;
  const columns = job.columns.map(({ field, column }) => `v${field} as ${quoteIdentifier(column.physical)}`);
  const shown = [...columns, `${quoteText(job.source)} as _source`, "_line", `${unconverted} as _unconverted`];
  return `select ${shown.join(", ")} from (select *, ${converted.join(", ")} from (${job.rows}))`;
}

async function countUnconverted(
  table: string,
  stored: string,
  connection: DuckDBConnection,
): Promise<readonly UnconvertedColumn[]> {
  const keys = `select unnest(json_keys(_unconverted)) as k, _unconverted as u from ${stored} where _unconverted is not null`;
  const found = await textRows(
    connection,
    `select k, count(*), min(json_extract_string(u, '$."' || replace(replace(k, '\\', '\\\\'), '"', '\\"') || '"')) from (${keys}) group by k order by k`,
  );
  return found.map(([column = "", count = "0", example = ""]) => ({ table, column, count: Number(count), example }));
}
