import { jsonOf } from "../../src/compare/json.ts";
import type { Row } from "../../src/compare/rows.ts";
import type { Answer, ResultAnswer } from "../../src/conformance/answer.ts";
import type { ConformanceRecord } from "../../src/conformance/record.ts";
import { randomFrom } from "../../src/rows/random.ts";

/** The expectation, fed back as the answer; undefined where nothing is expected. */
export function echo({ id, expected, query }: ConformanceRecord): ResultAnswer | undefined {
  if (expected.text !== undefined) return echoOfText(id, expected.text);
  const { columns, rows } = expected;
  if (columns === null) return undefined;
  const types =
    expected.types ??
    columns.map((_, index) =>
      guessedType(
        (rows ?? []).map((row) => row[index] ?? ""),
        query,
      ),
    );
  return { id, columns, types, rows: rows ?? [] };
}

function echoOfText(id: string, text: readonly string[]): ResultAnswer {
  const rows = text.map((line) => line.split(","));
  const columns = (rows[0] ?? []).map((_, index) => `c${index}`);
  return { id, columns, types: columns.map(() => "string"), rows: rows.filter((row) => row.length === columns.length) };
}

function guessedType(texts: readonly string[], query: string): string {
  const all = (form: RegExp): boolean => texts.every((text) => text === "" || form.test(text));
  if (all(/^-?\d+$/)) return "long";
  if (all(/^-?[\d,]+(\.\d+)?$/)) return "real";
  if (all(/^\d{4}-\d{2}-\d{2}[ T]/)) return "datetime";
  return all(/^[[{]/) && query.includes("dynamic") ? "dynamic" : "string";
}

/** Changes to a right answer, some of which the rules forgive, by name. */
export const mutations: { readonly [name: string]: (answer: ResultAnswer) => Answer } = {
  "no change": (answer) => answer,
  "one row less": (answer) => ({ ...answer, rows: answer.rows.slice(0, -1) }),
  "one row twice": (answer) => ({ ...answer, rows: [...answer.rows, ...answer.rows.slice(-1)] }),
  "a column renamed": (answer) => ({
    ...answer,
    columns: answer.columns.map((name, i) => (i === 0 ? `${name}_` : name)),
  }),
  "a refusal": ({ id }) => ({ id, error: { code: "unsupported-operator", message: "no", start: 0, length: 1 } }),
  "a cell of nonsense": (answer) => withOneCell(answer, () => "zzz"),
  "a cell null": (answer) => withOneCell(answer, () => null),
  "a null made empty": (answer) => withEachCell(answer, (cell) => cell ?? ""),
  "an empty made null": (answer) => withEachCell(answer, (cell) => (cell === "" ? null : cell)),
  "numbers a little off": (answer) => withEachCell(answer, (cell, type) => nudged(cell, type, 1 + 1e-11)),
  "numbers further off": (answer) => withEachCell(answer, (cell, type) => nudged(cell, type, 1 + 1e-7)),
  "numbers 4 % off": (answer) => withEachCell(answer, (cell, type) => nudged(cell, type, 1.04)),
  "a whole number one more": (answer) => withOneCell(answer, plusOne),
  "text in capitals": (answer) => withEachCell(answer, (cell) => cell?.toUpperCase() ?? null),
  "text with spaces around": (answer) => withEachCell(answer, (cell) => (cell === null ? null : ` ${cell}  `)),
  "another notation": (answer) => withEachCell(answer, renotated),
  "arrays backwards": (answer) => withEachCell(answer, (cell) => rejson(cell, backwards)),
  "bags backwards": (answer) => withEachCell(answer, (cell) => rejson(cell, keysBackwards)),
  "a tick later": (answer) => withEachCell(answer, tickLater),
};

type Change = (cell: string | null, type: string) => string | null;

function withEachCell(answer: ResultAnswer, change: Change): ResultAnswer {
  return { ...answer, rows: answer.rows.map((row) => row.map((cell, i) => change(cell, answer.types[i] ?? "string"))) };
}

function withOneCell(answer: ResultAnswer, change: Change): ResultAnswer {
  const random = randomFrom(answer.id);
  const [atRow, atColumn] = [random.below(Math.max(1, answer.rows.length)), random.below(answer.columns.length)];
  const rows = answer.rows.map(
    (row, r): Row =>
      row.map((cell, c) => (r === atRow && c === atColumn ? change(cell, answer.types[c] ?? "string") : cell)),
  );
  return { ...answer, rows };
}

const nudged = (cell: string | null, type: string, factor: number): string | null =>
  cell !== null && type === "real" && /^-?\d+(\.\d+)?$/.test(cell) ? String(Number(cell) * factor) : cell;

const plusOne: Change = (cell, type) =>
  cell !== null && type === "long" && /^-?\d+$/.test(cell) ? String(BigInt(cell) + 1n) : cell;

function renotated(cell: string | null, type: string): string | null {
  if (cell === null) return null;
  if (type === "bool") return /^(true|1)$/i.test(cell) ? "1" : "0";
  if (type === "datetime") return cell.replace("T", " ").replace(/(\.0+)?Z$/, "");
  if (type === "timespan") return cell.replace(/(:\d\d)$/, "$1.0000000");
  return type === "guid" ? cell.toUpperCase() : rejson(cell, (value) => value);
}

function tickLater(cell: string | null, type: string): string | null {
  return type === "datetime" && cell !== null ? cell.replace(/(\.\d{6})\dZ$|(:\d\d)Z$/, "$1$2.0000001Z") : cell;
}

function rejson(cell: string | null, change: (value: unknown) => unknown): string | null {
  const value = jsonOf(cell ?? "");
  return typeof value === "object" && value !== null ? JSON.stringify(change(value), null, 2) : cell;
}

/** Long arrays are left alone: where their order does not count, the reference judge takes seconds for each. */
const backwards = (value: unknown): unknown =>
  Array.isArray(value) && value.length < 100 ? value.toReversed() : value;

function keysBackwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysBackwards);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, keysBackwards(item)])
      .toReversed(),
  );
}
