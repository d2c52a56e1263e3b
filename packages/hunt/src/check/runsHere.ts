import type { Backend } from "@goshawk/engine";
import { coverageOf, type TableCoverage, type Verdict } from "../hunts/coverage.ts";
import type { CheckedRule } from "./check.ts";

/** Whether a rule can look at anything in a store, and why not. */
export interface RunsHere {
  readonly verdict: Verdict;
  readonly why: string;
  /** Columns that it names and that are empty in every row, as `Table.Column`. */
  readonly emptyColumns: readonly string[];
}

/** A table of a store. */
export interface StoredHere extends TableCoverage {
  readonly columns: readonly { readonly name: string }[];
}

/** For each rule: the tables it needs, rows and days that are there, columns that are always empty. */
export async function runsHere(
  rules: readonly CheckedRule[],
  stored: readonly StoredHere[],
  backend: Backend,
  now: bigint,
  signal?: AbortSignal,
): Promise<ReadonlyMap<CheckedRule, RunsHere>> {
  const tables = new Map(stored.map((table) => [table.name, table]));
  const empty = await emptyColumns(rules, tables, backend, now, signal);
  return new Map(rules.map((item) => [item, verdictOf(item, tables, empty)]));
}

function verdictOf(
  { query }: CheckedRule,
  stored: ReadonlyMap<string, StoredHere>,
  empty: ReadonlyMap<string, ReadonlySet<string>>,
): RunsHere {
  if (query === undefined) return { verdict: "can't", why: "its query can't be examined", emptyColumns: [] };
  const [fault] = query.diagnostics.filter(({ code }) => code !== "needs-discovery");
  if (fault !== undefined) return { verdict: "can't", why: fault.message, emptyColumns: [] };
  const bounds = query.windows.flatMap(({ earliest }) => earliest ?? []);
  const earliest = bounds.length < query.windows.length ? undefined : bounds.sort((a, b) => (a < b ? -1 : 1))[0];
  const coverage = coverageOf(query.tables, stored, earliest);
  const blank = query.tables.flatMap((table) => {
    const columns = empty.get(table);
    return query.named.filter((name) => columns?.has(name)).map((name) => `${table}.${name}`);
  });
  const why = [
    ...(coverage.missing.length === 0 ? [] : [`no rows of ${coverage.missing.join(", ")}`]),
    ...coverage.tooOld.map(({ name }) => `no row of ${name} is as late as it looks`),
    ...(blank.length === 0 ? [] : [`always empty here: ${blank.join(", ")}`]),
  ].join("; ");
  const verdict = coverage.verdict === "runs" && blank.length > 0 ? "partly" : coverage.verdict;
  return { verdict, why, emptyColumns: blank };
}

/** By table, the columns that some rule names and that no row fills. */
async function emptyColumns(
  rules: readonly CheckedRule[],
  stored: ReadonlyMap<string, StoredHere>,
  backend: Backend,
  now: bigint,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const wanted = new Map<string, Set<string>>();
  for (const { query } of rules) {
    for (const table of query?.tables ?? []) {
      const columns = new Set(stored.get(table)?.columns.map((column) => column.name));
      const known = wanted.get(table) ?? new Set();
      for (const name of query?.named ?? []) if (columns.has(name)) known.add(name);
      wanted.set(table, known);
    }
  }
  const found = new Map<string, ReadonlySet<string>>();
  for (const [table, columns] of wanted) {
    if (columns.size > 0) found.set(table, await emptyIn(table, [...columns], backend, now, signal));
  }
  return found;
}

async function emptyIn(
  table: string,
  columns: readonly string[],
  backend: Backend,
  now: bigint,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const counts = columns.map(
    (name, index) => `c${index} = countif(isnotempty(['${name.replaceAll(/['\\]/g, "\\$&")}']))`,
  );
  const outcome = await backend.query({ text: `['${table}']\n| summarize ${counts.join(", ")}`, now }, signal);
  if (!outcome.ok) return new Set();
  const [row] = outcome.table.rows;
  return new Set(columns.filter((_, index) => row?.[index] === "0"));
}
