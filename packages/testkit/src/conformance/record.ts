import type { Row } from "../compare/rows.ts";
import { type Fields, fieldsOf, isTexts, textField } from "../read/fields.ts";

export const checks = ["full", "prefix", "columns", "rows-text", "last-row-text", "error", "none"] as const;

/** How much of the answer is known, and in what form. */
export type Check = (typeof checks)[number];

export interface Expected {
  readonly columns: readonly string[] | null;
  readonly types: readonly string[] | null;
  readonly rows: readonly Row[] | null;
  readonly text?: readonly string[];
  readonly rowSeparator?: "newline" | "comma" | "none";
  /** The number of rows of the whole answer, where only a part of them is kept. */
  readonly rowCount?: number;
}

/** A query, the tables that it needs, and what an oracle answered. */
export interface ConformanceRecord {
  readonly id: string;
  readonly source: string;
  readonly oracle: "kusto-emulator" | "documentation" | "third-party-engine";
  readonly file: string;
  readonly kind: string;
  readonly tables: readonly string[];
  readonly query: string;
  readonly expected: Expected;
  readonly check: Check;
  readonly ordered: boolean;
  readonly sortKeys: readonly string[] | null;
  readonly truncated: boolean;
  readonly nondeterministic: boolean;
  readonly suspect: boolean;
  readonly needsService?: boolean;
  readonly reasons: readonly string[];
  readonly approximate: boolean;
  readonly looseArrays: boolean;
  readonly twin?: string;
  readonly verified?: boolean;
  readonly redundant?: boolean;
  readonly usable: boolean;
  readonly features: readonly string[];
  /** What Kusto said when it refused the query. */
  readonly error?: string;
}

/** Checks the fields that a judgement rests on; throws with `place` and field where one is missing. */
export function recordOf(value: unknown, place: string): ConformanceRecord {
  const fields = fieldsOf(value, place);
  for (const name of ["id", "source", "oracle", "query"]) textField(fields, name, place);
  for (const name of ["ordered", "truncated", "approximate", "looseArrays", "usable"]) switchField(fields, name, place);
  const check = checks.find((known) => known === fields.check);
  if (check === undefined) throw new Error(`${place}: unknown check ${JSON.stringify(fields.check)}`);
  if (!isTexts(fields.tables)) throw new Error(`${place}: 'tables' should be a list of names`);
  requireExpectation(fieldsOf(fields.expected, `${place}: expected`), check, place);
  return value as ConformanceRecord;
}

function switchField(fields: Fields, name: string, place: string): void {
  if (typeof fields[name] !== "boolean") throw new Error(`${place}: '${name}' should be true or false`);
}

function requireExpectation(expected: Fields, check: Check, place: string): void {
  const needed = neededFields[check].filter((name) => !Array.isArray(expected[name]));
  if (needed.length > 0) throw new Error(`${place}: check '${check}' needs expected.${needed.join(", expected.")}`);
}

const neededFields: { readonly [C in Check]: readonly (keyof Expected)[] } = {
  full: ["columns", "rows"],
  prefix: ["columns", "rows"],
  columns: ["columns"],
  "rows-text": ["text"],
  "last-row-text": ["text"],
  error: [],
  none: [],
};
