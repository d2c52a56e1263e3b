import { textTable } from "../report/textTable.ts";
import type { RuleRecord } from "./ruleRecord.ts";

/** How far a query gets, each step resting on the one before. */
export const ruleSteps = ["parses", "binds", "compiles", "runs"] as const;

export type RuleStep = (typeof ruleSteps)[number];

/** The last step that went well (null: not even the first), and why the next one did not. */
export interface RuleOutcome {
  readonly reached: RuleStep | null;
  /** Short and of a kind, so that equal reasons add up: `unsupported-function: parse_xml`. */
  readonly refused?: string;
}

export interface RepositoryRow {
  readonly repo: string;
  readonly records: number;
  readonly reached: { readonly [S in RuleStep]: number };
  /** Reason to number of queries, most frequent first. */
  readonly refused: ReadonlyMap<string, number>;
}

export interface RepositoryTable {
  readonly rows: readonly RepositoryRow[];
  readonly total: RepositoryRow;
}

export interface SurveyOptions {
  readonly records: AsyncIterable<RuleRecord> | Iterable<RuleRecord>;
  /** Takes a query as far as it goes; what it throws counts as the reason for a query that got nowhere. */
  readonly examine: (record: RuleRecord, signal?: AbortSignal) => RuleOutcome | Promise<RuleOutcome>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

/** Examines every record in turn and adds up by repository. */
export async function surveyRules(options: SurveyOptions): Promise<RepositoryTable> {
  const { records, signal, onProgress } = options;
  const outcomes = new Map<string, RuleOutcome[]>();
  let done = 0;
  for await (const record of records) {
    signal?.throwIfAborted();
    const outcome = await outcomeOf(record, options);
    const ofRepository = outcomes.get(record.repo);
    if (ofRepository === undefined) outcomes.set(record.repo, [outcome]);
    else ofRepository.push(outcome);
    done += 1;
    onProgress?.(done);
  }
  const rows = [...outcomes].map(([repo, found]) => rowOf(repo, found)).sort((a, b) => b.records - a.records);
  return { rows, total: rowOf("total", [...outcomes.values()].flat()) };
}

async function outcomeOf(record: RuleRecord, { examine, signal }: SurveyOptions): Promise<RuleOutcome> {
  try {
    return await examine(record, signal);
  } catch (error) {
    signal?.throwIfAborted();
    return { reached: null, refused: `thrown: ${(error as Error).message}` };
  }
}

function rowOf(repo: string, outcomes: readonly RuleOutcome[]): RepositoryRow {
  const atLeast = (step: RuleStep): number =>
    outcomes.filter(({ reached }) => reached !== null && ruleSteps.indexOf(reached) >= ruleSteps.indexOf(step)).length;
  return {
    repo,
    records: outcomes.length,
    reached: {
      parses: atLeast("parses"),
      binds: atLeast("binds"),
      compiles: atLeast("compiles"),
      runs: atLeast("runs"),
    },
    refused: tally(outcomes.flatMap(({ refused }) => (refused === undefined ? [] : [refused]))),
  };
}

function tally(reasons: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

/** The table for reading, followed by the `reasons` most frequent reasons over all repositories. */
export function formatRepositoryTable(table: RepositoryTable, { reasons }: { readonly reasons: number }): string {
  const header = ["repository", "records", ...ruleSteps, "refused"];
  const figures = textTable(header, [...table.rows, table.total].map(cells));
  const listed = [...table.total.refused].slice(0, reasons);
  if (listed.length === 0) return figures;
  return `${figures}\n\n${textTable(["refused because", "queries"], listed)}`;
}

function cells({ repo, records, reached, refused }: RepositoryRow): readonly (string | number)[] {
  const count = [...refused.values()].reduce((sum, one) => sum + one, 0);
  return [repo, records, ...ruleSteps.map((step) => reached[step]), count];
}
