import type { ResultTable } from "@goshawk/engine";

/** A table for a screen, which has room for what differs. */
export interface Differing {
  readonly table: ResultTable;
  /** The columns left out, as "name value", because every row has the same in them. */
  readonly same: readonly string[];
}

/** Leaves out columns with one value in all of several rows; only those `among` the names, when given. */
export function withoutSameColumns(table: ResultTable, among?: readonly string[]): Differing {
  const { columns, rows } = table;
  const isSame = columns.map(
    ({ name }, at) =>
      rows.length > 1 && among?.includes(name) !== false && rows.every((row) => row[at] === rows[0]?.[at]),
  );
  const kept = <T>(cells: readonly T[]): readonly T[] => cells.filter((_, at) => isSame[at] !== true);
  return {
    table: { ...table, columns: kept(columns), rows: rows.map(kept) },
    same: columns.flatMap(({ name }, at) => (isSame[at] === true ? `${name} ${rows[0]?.[at] || "none"}` : [])),
  };
}
