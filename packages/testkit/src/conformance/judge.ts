import { type CellRules, typeNamed } from "../compare/cell.ts";
import { type RowsRules, rowsDifference } from "../compare/rows.ts";
import { type Answer, isBreakdown, isError, type ResultAnswer } from "./answer.ts";
import { textDifference } from "./judgeText.ts";
import type { ConformanceRecord } from "./record.ts";
import { passed, unlessDifferent, type Verdict, verdict, verdictOnError } from "./verdict.ts";

/** Holds an answer against a record by the comparison rules of the records. */
export function judge(record: ConformanceRecord, answer: Answer | undefined): Verdict {
  if (record.check === "none") return verdict("skip", "not judged");
  if (answer === undefined) return verdict("skip", "no answer");
  if (record.check === "error") return judgeRefusal(answer);
  if (isError(answer)) return verdictOnError(answer.error);
  return unlessDifferent(malformed(answer) ?? difference(record, answer));
}

function judgeRefusal(answer: Answer): Verdict {
  if (!isError(answer)) return verdict("lenient", "accepted a query that Kusto refuses");
  return isBreakdown(answer.error) ? verdictOnError(answer.error) : passed;
}

/** An answer that contradicts itself, whatever was expected. */
export function malformed({ columns, types, rows }: ResultAnswer): string | undefined {
  if (types.length !== columns.length) return `${types.length} types for ${columns.length} columns`;
  const odd = rows.find((row) => row.length !== columns.length);
  return odd === undefined ? undefined : `a row of ${odd.length} cells for ${columns.length} columns`;
}

function difference(record: ConformanceRecord, answer: ResultAnswer): string | undefined {
  const { check, expected } = record;
  if (check === "rows-text" || check === "last-row-text") return textDifference(record, answer);
  if (!sameNames(expected.columns ?? [], answer.columns)) {
    return `columns ${JSON.stringify(answer.columns)} instead of ${JSON.stringify(expected.columns)}`;
  }
  if (check === "columns") return undefined;
  return rowsDifference(expected.rows ?? [], answer.rows, rowsRules(record, answer)) ?? countDifference(record, answer);
}

function sameNames(expected: readonly string[], actual: readonly string[]): boolean {
  return expected.length === actual.length && expected.every((name, index) => name === actual[index]);
}

function countDifference({ check, expected }: ConformanceRecord, { rows }: ResultAnswer): string | undefined {
  if (check !== "prefix" || typeof expected.rowCount !== "number" || rows.length === expected.rowCount)
    return undefined;
  return `${rows.length} rows instead of ${expected.rowCount}`;
}

function rowsRules(record: ConformanceRecord, answer: ResultAnswer): RowsRules {
  return {
    ...cellRules(record),
    types: answer.types.map(typeNamed),
    order: record.ordered ? "given" : "any",
    sortKeys: sortKeys(record),
    extent: record.check === "prefix" || record.truncated ? "prefix" : "all",
  };
}

function cellRules({ source, oracle, approximate, looseArrays }: ConformanceRecord): CellRules {
  return {
    tolerance: approximate ? 0.05 : 1e-9,
    looseArrays,
    kinds: "loose",
    printed: source === "docs" || oracle === "third-party-engine",
  };
}

/** Where the sort keys sit in the answer; null where one of them is no output column. */
function sortKeys({ sortKeys: names, expected }: ConformanceRecord): readonly number[] | null {
  if (names === null || names.length === 0) return null;
  const places = names.map((name) => expected.columns?.indexOf(name) ?? -1);
  return places.includes(-1) ? null : places;
}
