import { type CellRules, cellEquals, typeNamed } from "../compare/cell.ts";
import type { Row } from "../compare/rows.ts";
import type { ResultAnswer } from "./answer.ts";
import type { ConformanceRecord } from "./record.ts";

type IsLine = (text: string, row: Row) => boolean;

/** What differs between an answer and rows that are known only as text, cells joined by commas. */
export function textDifference(record: ConformanceRecord, answer: ResultAnswer): string | undefined {
  const isLine = lineReader(record, answer.types.map(typeNamed));
  const wanted = record.expected.text ?? [];
  if (record.check === "last-row-text") return lastRowDifference(record, answer.rows, isLine);
  if (record.expected.rowSeparator === "comma") return wholeDifference(wanted.join(","), answer.rows);
  return record.ordered
    ? linesInOrderDifference(wanted, answer.rows, isLine)
    : linesDifference(wanted, answer.rows, isLine);
}

function lineReader({ looseArrays }: ConformanceRecord, types: readonly string[]): IsLine {
  const rules: CellRules = { tolerance: 1e-6, looseArrays, kinds: "loose", printed: true };
  const reads = (texts: readonly string[], row: Row): boolean =>
    texts.length === row.length &&
    texts.every((text, i) => cellEquals(text, row[i] ?? null, types[i] ?? "string", rules));
  return (text, row) => {
    const line = joined(row);
    if (line === text || (types.includes("bool") && line.toLowerCase() === text.toLowerCase())) return true;
    return reads(text.split(","), row) || reads([text], row);
  };
}

function lastRowDifference(record: ConformanceRecord, rows: readonly Row[], isLine: IsLine): string | undefined {
  const [wanted = ""] = record.expected.text ?? [];
  const candidates = record.ordered ? rows.slice(-1) : rows;
  return candidates.some((row) => isLine(wanted, row)) ? undefined : noRow(wanted);
}

function wholeDifference(wanted: string, rows: readonly Row[]): string | undefined {
  const whole = rows.map(joined).join(",");
  return whole === wanted ? undefined : `${JSON.stringify(whole)} instead of ${JSON.stringify(wanted)}`;
}

function linesInOrderDifference(wanted: readonly string[], rows: readonly Row[], isLine: IsLine): string | undefined {
  if (rows.length !== wanted.length) return `${rows.length} rows instead of ${wanted.length}`;
  const wrong = wanted.findIndex((text, index) => !isLine(text, rows[index] ?? []));
  return wrong < 0 ? undefined : `row ${wrong + 1} does not read ${JSON.stringify(wanted[wrong])}`;
}

function linesDifference(wanted: readonly string[], rows: readonly Row[], isLine: IsLine): string | undefined {
  const rest = [...rows];
  for (const text of wanted) {
    const found = rest.findIndex((row) => isLine(text, row));
    if (found < 0) return noRow(text);
    rest.splice(found, 1);
  }
  return rest.length > 0 ? `${rest.length} rows too many` : undefined;
}

const joined = (row: Row): string => row.map((cell) => cell ?? "").join(",");
const noRow = (text: string): string => `no row reads ${JSON.stringify(text)}`;
