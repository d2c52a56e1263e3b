import { type Backend, BackendError, type QueryAnswer, type QueryRequest, type ResultTable } from "@goshawk/engine";
import type { Diagnostic } from "@goshawk/kql";
import { type Exclusion, stateOf, tunes } from "../exclusions/exclusion.ts";
import type { EventTime } from "../exclusions/narrowing.ts";
import type { Rule } from "../rules/rule.ts";
import { blindness } from "./blindness.ts";
import { type Coverage, coverageOf, type TableCoverage } from "./coverage.ts";
import { type Finding, findingsOf } from "./finding.ts";
import { type BrokenExclusion, type Effect, type RuleRequest, type Suppressed, tune } from "./tuned.ts";
import { type Unreached, unreachedBy } from "./unreached.ts";

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
  /** What is asked for a rule with exclusions, where it is more than both. */
  readonly requestOf?: RuleRequest;
  /** Milliseconds for one rule. */
  readonly timeoutMs?: number;
  readonly rowLimit?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, rule: Rule) => void;
}

interface Running extends HuntOptions {
  readonly unreached: Unreached;
}

/**
 * Runs rules one after the other, on several engines side by side; a rule that fails never stops the others, and outcomes
 * come in the order of the rules. Stops early only when cancelled.
 */
export async function runHunt(
  rules: readonly Rule[],
  backend: Backend | readonly Backend[],
  options: HuntOptions,
): Promise<readonly RuleOutcome[]> {
  const outcomes = new Map<number, RuleOutcome>();
  const left = rules.entries();
  const work = async (engine: Backend): Promise<void> => {
    const running = { ...options, unreached: unreachedBy(engine, options.signal) };
    // One iterator for all: each engine takes the next rule that no other has taken.
    for (const [index, rule] of left) {
      options.signal?.throwIfAborted();
      options.onProgress?.(index, rules.length, rule);
      outcomes.set(index, await runRule(rule, engine, running));
    }
  };
  await Promise.all(("query" in backend ? [backend] : backend).map(work));
  return rules.flatMap((_, index) => outcomes.get(index) ?? []);
}

async function runRule(rule: Rule, backend: Backend, options: Running): Promise<RuleOutcome> {
  const asked = options.requestOf?.(rule, []) ?? { text: rule.query };
  const request = { ...asked, now: options.now, ...limitsOf(options) };
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
async function tuned(rule: Rule, base: QueryAnswer, backend: Backend, options: Running): Promise<RuleAnswer> {
  const concerned = (options.exclusions ?? []).filter((exclusion) => tunes(exclusion, rule, base.tables));
  const answer = answerOf(rule, base, options);
  if (concerned.length === 0) return answer;
  const states = await statesOf(rule, concerned, base, options);
  const active = states.flatMap(({ exclusion, state }) => (state === "active" ? [exclusion] : []));
  const idle = states.flatMap(({ exclusion, state }) => (state === "active" ? [] : [{ exclusion, state }]));
  const untouched: Tuning = { suppressed: [], weakened: 0, effects: [], broken: [], idle };
  if (active.length === 0) return { ...answer, tuning: untouched };
  if (base.table.truncated) {
    const reasons = [
      `Only the first ${base.table.rows.length} rows of the answer were taken, which can't tell what it hides.`,
    ];
    return { ...answer, tuning: { ...untouched, broken: active.map((exclusion) => ({ exclusion, reasons })) } };
  }
  const { eventTime, signal, requestOf } = options;
  const limits = limitsOf(options);
  const blind: BrokenExclusion[] = [];
  for (const exclusion of active) {
    const asked = { ...requestOf?.(rule, [exclusion]), now: base.now, ...limits };
    const reason = await blindness(exclusion, backend, asked, {
      eventTime,
      ...(signal === undefined ? {} : { signal }),
    });
    if (reason !== undefined) blind.push({ exclusion, reasons: [reason] });
  }
  if (blind.length > 0) return { ...answer, tuning: { ...untouched, broken: blind } };
  const result = await tune(rule, base, active, backend, {
    limits,
    eventTime,
    truePositives: options.truePositives ?? new Set(),
    ...(signal === undefined ? {} : { signal }),
    ...(requestOf === undefined ? {} : { requestOf }),
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
async function statesOf(
  rule: Rule,
  exclusions: readonly Exclusion[],
  { now, tables }: QueryAnswer,
  options: Running,
): Promise<readonly { readonly exclusion: Exclusion; readonly state: ReturnType<typeof stateOf> | "unreached" }[]> {
  const states = exclusions.map((exclusion) => ({ exclusion, state: stateOf(exclusion, options.today) }));
  if (states.every(({ state }) => state !== "active")) return states;
  const unreached = await options.unreached(rule, tables, { now, ...limitsOf(options) });
  return states.map(({ exclusion, state }) =>
    state === "active" && unreached.includes(exclusion.table)
      ? { exclusion, state: "unreached" }
      : { exclusion, state },
  );
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
