import type { Backend, QueryAnswer, QueryRequest, ResultTable } from "@goshawk/engine";
import { type Diagnostic, jsonElements } from "@goshawk/kql";
import type { Exclusion } from "../exclusions/exclusion.ts";
import { type EventTime, narrowing } from "../exclusions/narrowing.ts";
import type { Rule } from "../rules/rule.ts";
import { countFindings, type Finding, findingsOf } from "./finding.ts";
import { identityColumns, identityOf } from "./identity.ts";

/** A finding that exclusions hide; it is kept, with the ids of those that hide it. */
export interface Suppressed {
  readonly finding: Finding;
  readonly by: readonly string[];
}

/** What an exclusion did to a rule's findings. */
export interface Effect {
  readonly exclusion: Exclusion;
  /** Findings that it hides when it is applied alone. */
  readonly hides: number;
  /** Findings that no other one would hide. */
  readonly hidesAlone: number;
  /** Findings that it leaves, with fewer of their events, when it is applied alone. */
  readonly weakens: number;
}

/** A rule's answer with exclusions applied. */
export interface TunedAnswer {
  readonly table: ResultTable;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** Findings that stay, with fewer of their events. */
  readonly weakened: number;
  readonly effects: readonly Effect[];
  readonly milliseconds: number;
}

/** An exclusion that can't be applied, or must not be, and why. */
export interface BrokenExclusion {
  readonly exclusion: Exclusion;
  readonly reasons: readonly string[];
}

/** What is asked for a rule with exclusions: its KQL, and the time that all of its tables are held to. */
export type RuleRequest = (rule: Rule, exclusions: readonly Exclusion[]) => Pick<QueryRequest, "text" | "scope">;

export interface TuneOptions {
  readonly limits: Pick<QueryRequest, "timeoutMs" | "rowLimit">;
  readonly signal?: AbortSignal;
  readonly eventTime: EventTime;
  /** Ids of findings that no exclusion may hide. */
  readonly truePositives: ReadonlySet<string>;
  /** What is asked instead of the rule narrowed by `let`. */
  readonly requestOf?: RuleRequest;
}

/**
 * Runs a rule again with what exclusions hide taken from its tables, together and one by one, at the same `now()`.
 * When one can't be applied, or would hide a true positive, none is: the findings stay as they were, and those at fault
 * are named.
 */
export async function tune(
  rule: Rule,
  base: QueryAnswer,
  exclusions: readonly Exclusion[],
  backend: Backend,
  options: TuneOptions,
): Promise<TunedAnswer | { readonly broken: readonly BrokenExclusion[] }> {
  let milliseconds = 0;
  const run = async (some: readonly Exclusion[]): Promise<ResultTable | readonly Diagnostic[]> => {
    const asked = options.requestOf?.(rule, some) ?? { text: narrowing(some, options.eventTime) + rule.query };
    const outcome = await backend.query({ ...asked, now: base.now, ...options.limits }, options.signal);
    if (!outcome.ok) return outcome.diagnostics;
    milliseconds += outcome.compileMs + outcome.runMs;
    return outcome.table;
  };
  const alone: ResultTable[] = [];
  const broken: BrokenExclusion[] = [];
  for (const exclusion of exclusions) {
    const table = await run([exclusion]);
    if ("rows" in table) alone.push(table);
    else broken.push({ exclusion, reasons: reasonsIn(table) });
  }
  if (broken.length > 0) return { broken };
  const [only] = alone;
  const together = exclusions.length === 1 && only !== undefined ? only : await run(exclusions);
  if (!("rows" in together)) {
    const reasons = reasonsIn(together);
    return { broken: exclusions.map((exclusion) => ({ exclusion, reasons })) };
  }
  const answer = compared(rule, base.table, together, exclusions, alone);
  const hiding = exclusions.flatMap((exclusion) => {
    const reasons = answer.suppressed.flatMap(({ finding, by }) =>
      by.includes(exclusion.id) && options.truePositives.has(finding.id)
        ? [`It hides ${finding.id} (${finding.entity}), which is a true positive.`]
        : [],
    );
    return reasons.length === 0 ? [] : [{ exclusion, reasons }];
  });
  return hiding.length > 0 ? { broken: hiding } : { ...answer, milliseconds };
}

function reasonsIn(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ message }) => message);
}

/** What is gone, and through which exclusions. */
function compared(
  rule: Rule,
  base: ResultTable,
  tuned: ResultTable,
  exclusions: readonly Exclusion[],
  alone: readonly ResultTable[],
): Omit<TunedAnswer, "milliseconds"> {
  const columns = identityColumns(rule, base);
  const identitiesOf = (table: ResultTable): ReadonlySet<string> =>
    new Set(table.rows.map((row) => identityOf(row, columns)));
  const left = identitiesOf(tuned);
  const leftAlone = alone.map(identitiesOf);
  const baseContents = base.rows.map((row) => contentOf(row, base));
  const weakenedIn = (table: ResultTable): number => {
    const [left, whole] = [identitiesOf(table), new Set(table.rows.map((row) => contentOf(row, table)))];
    const touched = base.rows.flatMap((row, index) =>
      whole.has(baseContents[index] ?? "") ? [] : identityOf(row, columns),
    );
    return new Set(touched.filter((identity) => left.has(identity))).size;
  };
  const findings = findingsOf(rule, base);
  const gone = base.rows.flatMap((row, index) => {
    const identity = identityOf(row, columns);
    const finding = findings[index];
    if (finding === undefined || left.has(identity)) return [];
    const by = exclusions.filter((_, place) => leftAlone[place]?.has(identity) === false);
    // None hides it by itself: it takes all of them.
    return [{ finding, by: (by.length === 0 ? exclusions : by).map(({ id }) => id), single: by.length === 1 }];
  });
  const goneBy = ({ id }: Exclusion): typeof gone => gone.filter(({ by }) => by.includes(id));
  return {
    table: tuned,
    findings: findingsOf(rule, tuned),
    suppressed: gone.map(({ finding, by }) => ({ finding, by })),
    weakened: weakenedIn(tuned),
    effects: exclusions.map((exclusion, place) => ({
      exclusion,
      hides: countFindings(goneBy(exclusion).map(({ finding }) => finding)),
      hidesAlone: countFindings(goneBy(exclusion).flatMap(({ finding, single }) => (single ? [finding] : []))),
      weakens: weakenedIn(alone[place] ?? tuned),
    })),
  };
}

/** What is equal for rows with the same cells; the order inside a set or list may differ from run to run. */
function contentOf(row: readonly (string | null)[], { columns }: ResultTable): string {
  const isList = (cell: string | null, index: number): cell is string =>
    columns[index]?.type === "dynamic" && cell !== null && cell.startsWith("[");
  return JSON.stringify(row.map((cell, index) => (isList(cell, index) ? jsonElements(cell).toSorted() : cell)));
}

/** Whether two answers have the same columns and rows, in whatever order. */
export function sameAnswers(a: ResultTable, b: ResultTable): boolean {
  const whole = (table: ResultTable): readonly string[] => table.rows.map((row) => contentOf(row, table)).sort();
  const [left, right] = [whole(a), whole(b)];
  return (
    JSON.stringify(a.columns) === JSON.stringify(b.columns) &&
    left.length === right.length &&
    left.every((row, index) => row === right[index])
  );
}
