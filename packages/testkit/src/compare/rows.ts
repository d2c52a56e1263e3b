import { type Cell, type CellRules, cellEquals } from "./cell.ts";

export type Row = readonly Cell[];

export interface RowsRules extends CellRules {
  /** The KQL type of each column of the answer. */
  readonly types: readonly string[];
  /** `any`: a multiset. `given`: row by row, where `sortKeys` lists the columns that a tie leaves fixed. */
  readonly order: "any" | "given";
  readonly sortKeys: readonly number[] | null;
  /** `prefix`: only a part of the answer's rows is known. */
  readonly extent: "all" | "prefix";
}

/** What differs between the two tables, or undefined where they say the same. */
export function rowsDifference(expected: readonly Row[], actual: readonly Row[], rules: RowsRules): string | undefined {
  if (rules.extent === "all" && expected.length !== actual.length) {
    return `${actual.length} rows instead of ${expected.length}`;
  }
  const isInOrder = rules.order === "given" && rules.extent === "all";
  if (isInOrder && expected.every((row, index) => rowEquals(row, actual[index] ?? [], rules))) return undefined;
  const missing = missingRow(expected, actual, rules);
  if (missing !== undefined) return `missing row ${JSON.stringify(missing)}`;
  return isInOrder ? orderDifference(expected, actual, rules) : undefined;
}

function rowEquals(expected: Row, actual: Row, rules: RowsRules): boolean {
  if (expected.length !== actual.length) return false;
  return expected.every((cell, index) => cellAt(index, cell, actual, rules));
}

function cellAt(index: number, expected: Cell, actual: Row, rules: RowsRules): boolean {
  return cellEquals(expected, actual[index] ?? null, rules.types[index] ?? "string", rules);
}

function missingRow(expected: readonly Row[], actual: readonly Row[], rules: RowsRules): Row | undefined {
  const left: (Row | undefined)[] = [...actual];
  return expected.find((row) => {
    const found = left.findIndex((other) => other !== undefined && rowEquals(row, other, rules));
    if (found >= 0) left[found] = undefined;
    return found < 0;
  });
}

function orderDifference(expected: readonly Row[], actual: readonly Row[], rules: RowsRules): string | undefined {
  const { sortKeys } = rules;
  if (sortKeys === null) return "the rows are right, their order is not";
  const wrong = expected.findIndex(
    (row, index) => !sortKeys.every((key) => cellAt(key, row[key] ?? null, actual[index] ?? [], rules)),
  );
  return wrong < 0 ? undefined : `row ${wrong + 1} is out of order`;
}
