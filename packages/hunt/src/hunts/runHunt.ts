import { type Backend, BackendError, type QueryAnswer, type ResultTable } from "@goshawk/engine";
import type { Diagnostic } from "@goshawk/kql";
import type { Rule } from "../rules/rule.ts";
import { type Coverage, coverageOf, type TableCoverage } from "./coverage.ts";
import { type Finding, findingsOf } from "./finding.ts";

/** What came of one rule. Zero rows are "clean" only where all of its tables hold rows. */
export type RuleOutcome =
  | RuleAnswer
  | { readonly kind: "refused"; readonly rule: Rule; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "failed"; readonly rule: Rule; readonly message: string };

export interface RuleAnswer {
  readonly kind: "findings" | "clean" | "could-not-look";
  readonly rule: Rule;
  readonly findings: readonly Finding[];
  readonly table: ResultTable;
  readonly coverage: Coverage;
  readonly warnings: readonly string[];
  /** `now()` of the query, in ticks. */
  readonly now: bigint;
  readonly milliseconds: number;
}

export interface HuntOptions {
  readonly now: bigint | "latest";
  readonly stored: ReadonlyMap<string, TableCoverage>;
  /** Milliseconds for one rule. */
  readonly timeoutMs?: number;
  readonly rowLimit?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, rule: Rule) => void;
}

/** Runs rules one after the other; a rule that fails never stops the others. Stops early only when cancelled. */
export async function runHunt(
  rules: readonly Rule[],
  backend: Backend,
  options: HuntOptions,
): Promise<readonly RuleOutcome[]> {
  const outcomes: RuleOutcome[] = [];
  for (const [index, rule] of rules.entries()) {
    options.signal?.throwIfAborted();
    options.onProgress?.(index, rules.length, rule);
    outcomes.push(await runRule(rule, backend, options));
  }
  return outcomes;
}

async function runRule(rule: Rule, backend: Backend, options: HuntOptions): Promise<RuleOutcome> {
  const request = {
    text: rule.query,
    now: options.now,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.rowLimit === undefined ? {} : { rowLimit: options.rowLimit }),
  };
  try {
    const outcome = await backend.query(request, options.signal);
    if (!outcome.ok) return { kind: "refused", rule, diagnostics: outcome.diagnostics };
    return answerOf(rule, outcome, options);
  } catch (error) {
    if (error instanceof BackendError && error.kind === "cancelled") options.signal?.throwIfAborted();
    return { kind: "failed", rule, message: error instanceof Error ? error.message : String(error) };
  }
}

function answerOf(rule: Rule, answer: QueryAnswer, options: HuntOptions): RuleAnswer {
  const coverage = coverageOf(answer.tables, options.stored, answer.earliest);
  const findings = findingsOf(rule, answer.table);
  const kind = findings.length > 0 ? "findings" : coverage.verdict === "runs" ? "clean" : "could-not-look";
  return {
    kind,
    rule,
    findings,
    table: answer.table,
    coverage,
    warnings: answer.warnings,
    now: answer.now,
    milliseconds: answer.compileMs + answer.runMs,
  };
}
