import { type Backend, BackendError, type QueryAnswer, type QueryRequest, type ResultTable } from "@goshawk/engine";
import { type Diagnostic, parseTimespan } from "@goshawk/kql";
import { type Exclusion, type ExclusionState, stateOf, tunes } from "../exclusions/exclusion.ts";
import type { EventTime } from "../exclusions/narrowing.ts";
import type { Rule } from "../rules/rule.ts";
import { type Coverage, coverageOf, type TableCoverage } from "./coverage.ts";
import { type Finding, findingsOf } from "./finding.ts";
import { type BrokenExclusion, type Effect, type RuleText, type Suppressed, tune } from "./tuned.ts";
import { unnamedTables } from "./unnamedTables.ts";

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
  /** What exclusions did; absent where none tunes the rule. */
  readonly tuning?: Tuning;
  /** `now()` of the query, in ticks. */
  readonly now: bigint;
  /** The earliest event, in ticks, that its filters let through; absent where they set no such bound. */
  readonly earliest?: bigint;
  readonly milliseconds: number;
}

export interface Tuning {
  /** Findings that exclusions hide: kept and counted, not reported. */
  readonly suppressed: readonly Suppressed[];
  /** Findings that stay, with fewer of their events. */
  readonly weakened: number;
  readonly effects: readonly Effect[];
  /** Exclusions that can't be applied, or would hide a true positive: because of them none was. */
  readonly broken: readonly BrokenExclusion[];
  /** Drafts, expired ones, and those whose table the rule reads without naming it; they are not applied. */
  readonly idle: readonly { readonly exclusion: Exclusion; readonly state: "draft" | "expired" | "unreached" }[];
}

export interface HuntOptions {
  readonly now: bigint | "latest";
  readonly stored: ReadonlyMap<string, TableCoverage>;
  readonly exclusions?: readonly Exclusion[];
  /** The day on which exclusions expire or not, as `2026-11-24`. */
  readonly today: string;
  readonly eventTime: EventTime;
  /** Ids of findings that no exclusion may hide. */
  readonly truePositives?: ReadonlySet<string>;
  /** The KQL of a rule with exclusions, where it is more than both. */
  readonly textOf?: RuleText;
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
  const text = options.textOf?.(rule, []) ?? rule.query;
  const request = { text, now: options.now, ...limitsOf(options) };
  try {
    const outcome = await backend.query(request, options.signal);
    if (!outcome.ok) return { kind: "refused", rule, diagnostics: outcome.diagnostics };
    return await tuned(rule, outcome, backend, options);
  } catch (error) {
    if (error instanceof BackendError && error.kind === "cancelled") options.signal?.throwIfAborted();
    return { kind: "failed", rule, message: error instanceof Error ? error.message : String(error) };
  }
}

function limitsOf({ timeoutMs, rowLimit }: HuntOptions): Pick<QueryRequest, "timeoutMs" | "rowLimit"> {
  return { ...(timeoutMs === undefined ? {} : { timeoutMs }), ...(rowLimit === undefined ? {} : { rowLimit }) };
}

/** The answer after exclusions. */
async function tuned(rule: Rule, base: QueryAnswer, backend: Backend, options: HuntOptions): Promise<RuleAnswer> {
  const concerned = (options.exclusions ?? []).filter((exclusion) => tunes(exclusion, rule, base.tables));
  const answer = answerOf(rule, base, options);
  if (concerned.length === 0) return answer;
  const states = concerned.map((exclusion) => ({ exclusion, state: stateIn(rule, exclusion, options.today) }));
  const active = states.flatMap(({ exclusion, state }) => (state === "active" ? [exclusion] : []));
  const idle = states.flatMap(({ exclusion, state }) => (state === "active" ? [] : [{ exclusion, state }]));
  const untouched: Tuning = { suppressed: [], weakened: 0, effects: [], broken: [], idle };
  if (active.length === 0) return { ...answer, tuning: untouched };
  const blind = active.flatMap((exclusion) => {
    const reason = blindness(exclusion, base.now, options.stored);
    return reason === undefined ? [] : [{ exclusion, reasons: [reason] }];
  });
  if (blind.length > 0) return { ...answer, tuning: { ...untouched, broken: blind } };
  const { eventTime, signal, textOf } = options;
  const limits = limitsOf(options);
  const result = await tune(rule, base, active, backend, {
    limits,
    eventTime,
    truePositives: options.truePositives ?? new Set(),
    ...(signal === undefined ? {} : { signal }),
    ...(textOf === undefined ? {} : { textOf }),
  });
  if ("broken" in result) return { ...answer, tuning: { ...untouched, broken: result.broken } };
  const { suppressed, weakened, effects } = result;
  return {
    ...answer,
    findings: result.findings,
    table: result.table,
    kind: kindOf(result.findings, answer.coverage),
    milliseconds: answer.milliseconds + result.milliseconds,
    tuning: { ...untouched, suppressed, weakened, effects },
  };
}

/** A `let` narrows the table where the text names it: not behind a wildcard, in `table("…")` or in a stored function. */
function stateIn(rule: Rule, exclusion: Exclusion, today: string): ExclusionState | "unreached" {
  const state = stateOf(exclusion, today);
  return state === "active" && unnamedTables(rule, [exclusion.table]).length > 0 ? "unreached" : state;
}

function answerOf(rule: Rule, answer: QueryAnswer, options: HuntOptions): RuleAnswer {
  const coverage = coverageOf(answer.tables, options.stored, answer.earliest);
  const findings = findingsOf(rule, answer.table);
  return {
    kind: kindOf(findings, coverage),
    rule,
    findings,
    table: answer.table,
    coverage,
    warnings: answer.warnings,
    now: answer.now,
    ...(answer.earliest === undefined ? {} : { earliest: answer.earliest }),
    milliseconds: answer.compileMs + answer.runMs,
  };
}

function kindOf(findings: readonly Finding[], coverage: Coverage): RuleAnswer["kind"] {
  if (findings.length > 0) return "findings";
  return coverage.verdict === "runs" ? "clean" : "could-not-look";
}

/** `keep` over evidence that is not there would hide everything; why it can't be told what to keep. */
function blindness(
  { meaning, evidence }: Exclusion,
  now: bigint,
  stored: ReadonlyMap<string, TableCoverage>,
): string | undefined {
  if (meaning !== "keep" || evidence === undefined) return undefined;
  const { verdict } = coverageOf([evidence.table], stored, now - (parseTimespan(evidence.lookback) ?? 0n));
  if (verdict === "runs") return undefined;
  return `${evidence.table} holds no rows of the ${evidence.lookback} before now(), so nothing shows what to keep.`;
}
