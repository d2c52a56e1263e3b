import { eitherTime, parquetFilesSql, type TimePair } from "@goshawk/engine/database";
import type { KqlType } from "@goshawk/kql";
import { quoteIdentifier, quoteText, storedTypes } from "@goshawk/kql/values";
import { blockColumn } from "./blocks.ts";

/** The parts of a table that a query can make use of. */
export interface TableParts {
  /** Every column, by its name in Parquet; `complete` ones are in every file. */
  readonly columns: readonly { readonly physical: string; readonly type: KqlType; readonly complete: boolean }[];
  /** See `StoredTable.mixedTimes`. */
  readonly mixedTimes?: TimePair | undefined;
  /** Files that are read from end to end. */
  readonly whole: readonly string[];
  /** Files of which only some blocks are read. */
  readonly partial: readonly string[];
  /** The numbers of those blocks, in all partial files. */
  readonly blocks: readonly number[];
  /** Columns of which every row that matters in the partial files has one of few values. */
  readonly few: ReadonlyMap<string, readonly string[]>;
}

/** SQL of a relation with the columns of the whole table and the rows of its parts. */
export function relationSql(parts: TableParts): string {
  const inputs = [];
  if (parts.whole.length > 0) inputs.push(`select * from ${filesSql(parts.whole)}`);
  if (parts.partial.length > 0)
    inputs.push(`select * from ${filesSql(parts.partial)} where ${conditionsOf(parts).join(" and ")}`);
  const missing = parts.columns.filter((column) => !column.complete || inputs.length === 0);
  if (missing.length > 0) inputs.push(`select ${missing.map(nullOf).join(", ")} where false`);
  return eitherTime(inputs.join(" union all by name "), parts.mixedTimes);
}

function filesSql(files: readonly string[]): string {
  return parquetFilesSql(files, "union_by_name = true");
}

function conditionsOf({ blocks, few }: TableParts): readonly string[] {
  // As a list, even of one: an equality would be tested together with the dear conditions, not before them.
  const numbers = [...blocks, -1].join(", ");
  const values = [...few].map(
    ([column, texts]) => `${quoteIdentifier(column)} in (${texts.map(quoteText).join(", ")})`,
  );
  return [`${blockColumn} in (${numbers})`, ...values];
}

function nullOf({ physical, type }: TableParts["columns"][number]): string {
  return `cast(null as ${storedTypes[type]}) as ${quoteIdentifier(physical)}`;
}
