import type { DuckDBConnection, DuckDBValue } from "@goshawk/engine/duckdb";
import { quoteIdentifier } from "@goshawk/kql";
import { type ExportColumn, microsecondsSql, textSql } from "./columns.ts";

/** What a column of times has to hold. */
export interface TimeRange {
  /** Some value is no whole microsecond. */
  readonly fine: boolean;
  readonly first: bigint | null;
  readonly last: bigint | null;
}

/** The ticks that a time of nanoseconds reaches from and to: 1677-09-22 and 2262-04-11. */
const NANOSECONDS: readonly [bigint, bigint] = [529_122_240_000_000_000n, 713_589_696_000_000_000n];

export type TimeForm = "microseconds" | "nanoseconds" | "text";

/** The narrowest form that keeps every value exactly as it is. */
export function timeForm({ fine, first, last }: TimeRange): TimeForm {
  if (!fine) return "microseconds";
  const [from, to] = NANOSECONDS;
  return first !== null && last !== null && first >= from && last <= to ? "nanoseconds" : "text";
}

/** SQL of the rows with columns of Parquet's own types; a note for each column that is not what one would expect. */
export function parquetSql(
  input: string,
  columns: readonly ExportColumn[],
  times: ReadonlyMap<string, TimeForm>,
): string {
  const shown = columns.map(
    (column) => `${parquetValue(column, times.get(column.sql))} as ${quoteIdentifier(column.name)}`,
  );
  return `select ${shown.join(", ")} from (${input})`;
}

function parquetValue(column: ExportColumn, form: TimeForm | undefined): string {
  const { sql, type } = column;
  if (type === "timespan" || (type === "datetime" && form === "text")) return textSql(column);
  // Parquet says of JSON that it is JSON, so that whoever reads the file knows it from text.
  if (type === "dynamic") return `cast(${sql} as json)`;
  if (type !== "datetime") return sql;
  if (form === "nanoseconds") return `make_timestamp_ns((${sql} - 621355968000000000) * 100)`;
  return `cast(make_timestamp(${microsecondsSql(sql)}) as timestamptz)`;
}

/** Looks at the times once, before they are written. */
export async function timeForms(
  input: string,
  parameters: readonly DuckDBValue[],
  columns: readonly ExportColumn[],
  connection: DuckDBConnection,
): Promise<ReadonlyMap<string, TimeForm>> {
  const times = columns.filter((column) => column.type === "datetime");
  if (times.length === 0) return new Map();
  const facts = times.flatMap(({ sql }) => [
    `coalesce(bool_or(${sql} % 10 <> 0), false)`,
    `min(${sql})`,
    `max(${sql})`,
  ]);
  const reader = await connection.runAndReadAll(`select ${facts.join(", ")} from (${input})`, [...parameters]);
  const [row = []] = reader.getRows();
  return new Map(
    times.map(({ sql }, place) => {
      const [fine, first, last] = row.slice(place * 3, place * 3 + 3);
      return [sql, timeForm({ fine: fine === true, first: ticks(first), last: ticks(last) })] as const;
    }),
  );
}

function ticks(value: DuckDBValue | undefined): bigint | null {
  return typeof value === "bigint" ? value : null;
}
