import { setTimeout as sleep } from "node:timers/promises";
import { type Backend, BackendError } from "@goshawk/engine";
import {
  afterAlert,
  alertEntryOf,
  appendEntries,
  dueSlots,
  durationTicks,
  type Exclusion,
  isAnswered,
  loadExclusions,
  loadRulePaths,
  nextSlot,
  noPast,
  pastsIn,
  queriesIn,
  type ReplayWindow,
  type Rule,
  type RuleAnswer,
  type RuleOutcome,
  type RulePast,
  readJournal,
  replayRequest,
  runEntryOf,
  runHunt,
  scheduledRunOf,
  type TableCoverage,
  tunes,
  type Unreached,
  unheldTables,
  unreachedBy,
} from "@goshawk/hunt";
import { formatDatetime } from "@goshawk/kql/values";
import { openStore, type Store } from "@goshawk/store";
import { backendOver, closingWith, eventTimeIn } from "../backend.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { exclusionProblemNotes, hasBroken, tuningNotes } from "../hunt/exclusions.ts";
import { type LimitOptions, limitsOf } from "../hunt/limits.ts";
import { fileNotes } from "../hunt/problems.ts";
import { truePositivesIn, userName } from "../hunt/record.ts";
import { huntNotes } from "../hunt/report.ts";
import { clock } from "../now.ts";
import { forJson, forTerminal } from "../output/escape.ts";
import { loadOutside, type Outside, type OutsideOptions } from "../outside.ts";
import { lockSchedule } from "../schedule/lock.ts";
import type { Terminal } from "../terminal.ts";

export interface ScheduleOptions extends OutsideOptions, LimitOptions {
  readonly store: string;
  readonly every: string;
  readonly exclusions?: readonly string[];
  readonly catchUp: string;
  /** Run what is due, and end. */
  readonly once?: boolean;
}

interface Scheduled {
  readonly rule: Rule;
  readonly id: string;
  readonly every: bigint;
  readonly period: bigint | undefined;
}

interface Setting {
  readonly store: Store;
  /** The text of each rule that the journal holds. */
  readonly queries: Map<string, string>;
  readonly outside: Outside;
  readonly exclusions: readonly Exclusion[];
  readonly mostCatchUp: number;
  readonly limits: ReturnType<typeof limitsOf>;
  readonly terminal: Terminal;
}

/** `goshawk schedule <rules>…`: each rule by its own frequency; alerts go to standard output as NDJSON. */
export async function scheduleCommand(
  paths: readonly string[],
  options: ScheduleOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { rules, failed } = await scheduledRules(paths, options.every, terminal);
  const { exclusions, problems } = await loadExclusions(options.exclusions ?? [], terminal.signal);
  for (const line of exclusionProblemNotes(problems)) terminal.note(line);
  if (problems.length > 0 || rules.length === 0) return exitCodes.ruleError;
  const mostCatchUp = Number(options.catchUp);
  if (!Number.isInteger(mostCatchUp) || mostCatchUp < 1)
    throw new UsageError(`--catch-up '${options.catchUp}' is no whole number above 0`);
  const limits = limitsOf(options);
  const store = await openStore(options.store);
  const outside = await loadOutside(options, store.folder, terminal);
  const unlock = await lockSchedule(store.folder);
  let wrong = failed;
  try {
    const { entries } = await readJournal(store.folder);
    const pasts = new Map(pastsIn(entries));
    const queries = new Map(queriesIn(entries));
    const setting: Setting = { store, queries, outside, exclusions, mostCatchUp, limits, terminal };
    for (;;) {
      wrong = (await runDue(rules, pasts, setting)) || wrong;
      if (options.once === true) break;
      await untilNext(rules, terminal);
    }
  } finally {
    await unlock();
  }
  return wrong ? exitCodes.ruleError : exitCodes.ok;
}

async function scheduledRules(
  paths: readonly string[],
  every: string,
  terminal: Terminal,
): Promise<{ readonly rules: readonly Scheduled[]; readonly failed: boolean }> {
  const files = await loadRulePaths(paths, { from: process.cwd(), signal: terminal.signal });
  for (const line of fileNotes(files, terminal.style.color)) terminal.note(line);
  const otherwise = durationTicks(every);
  if (otherwise === undefined)
    throw new UsageError(`--every '${every}' is no duration; expected one such as 1h or PT1H`);
  const rules = files
    .flatMap((file) => file.rules)
    .map((rule) => ({
      rule,
      id: rule.id,
      every: durationTicks(rule.queryFrequency ?? "") ?? otherwise,
      period: durationTicks(rule.queryPeriod ?? ""),
    }));
  return { rules, failed: files.some((file) => file.problems.some(({ severity }) => severity === "error")) };
}

/** Runs every moment that has come, oldest first; answers whether a rule could not run. */
async function runDue(rules: readonly Scheduled[], pasts: Map<string, RulePast>, setting: Setting): Promise<boolean> {
  const { store, terminal, mostCatchUp } = setting;
  const now = clock();
  const due = rules.flatMap((scheduled) => {
    const { slots, skipped } = dueSlots(scheduled, pasts.get(scheduled.id)?.last, now, mostCatchUp);
    if (skipped > 0)
      terminal.note(
        `${forTerminal(scheduled.rule.name)}: ${skipped} runs were missed and are too many to catch up with; --catch-up allows more.`,
      );
    return slots.map((slot) => ({ scheduled, slot }));
  });
  if (due.length === 0) return false;
  due.sort((a, b) => (a.slot < b.slot ? -1 : a.slot > b.slot ? 1 : 0));
  const { snapshot, release } = await store.read();
  const backend = closingWith(backendOver(store.folder, snapshot.tables, setting.outside), release);
  const looking: Looking = {
    backend,
    unreached: unreachedBy(backend, terminal.signal),
    stored: new Map(snapshot.tables.map((table) => [table.name, table])),
    eventTime: eventTimeIn(snapshot),
    truePositives: await truePositivesIn(store.folder),
    now,
  };
  let wrong = false;
  try {
    for (const { scheduled, slot } of due) {
      const { rule } = scheduled;
      terminal.progress(`${rule.name} at ${slotText(slot)}`);
      const outcome = await runSlot(scheduled, slot, looking, setting);
      if (outcome === undefined) continue;
      wrong = !("findings" in outcome) || hasBroken([outcome]) || wrong;
      const { color } = terminal.style;
      const [said = ""] = huntNotes([outcome], { color, quiet: false, summary: false }).split("\n");
      terminal.note(`${slotText(slot)} ${said}`);
      for (const line of tuningNotes([outcome], color)) terminal.note(line);
      if ("findings" in outcome && isAnswered(outcome))
        pasts.set(rule.id, await recorded(outcome, pasts.get(rule.id) ?? noPast, slot, setting));
    }
  } finally {
    await backend.close();
  }
  return wrong;
}

interface Looking {
  readonly backend: Backend;
  readonly unreached: Unreached;
  readonly stored: ReadonlyMap<string, TableCoverage>;
  readonly eventTime: (table: string) => string;
  readonly truePositives: ReadonlySet<string>;
  /** When the due runs were looked for, in ticks. */
  readonly now: bigint;
}

/** One run of a rule over what was there at its moment; undefined where that can't be told of a moment of the past. */
async function runSlot(
  { rule, every, period }: Scheduled,
  slot: bigint,
  { backend, unreached, stored, eventTime, truePositives, now }: Looking,
  { exclusions, limits, terminal: { signal } }: Setting,
): Promise<RuleOutcome | undefined> {
  const tables = [...stored.keys()];
  const window: ReplayWindow = { tables, period, eventTime };
  const meant = exclusions.filter((exclusion) => tunes(exclusion, rule, tables));
  try {
    // A run that can't be held to its time tells the truth of the present only.
    const unheld = await unheldTables(rule, meant, slot, window, unreached);
    if (unheld.length > 0 && slot + every <= now) return undefined;
    const [outcome] = await runHunt([rule], backend, {
      now: slot,
      stored,
      exclusions,
      today: new Date().toISOString().slice(0, 10),
      eventTime,
      truePositives,
      signal,
      ...limits,
      ...(unheld.length > 0 ? {} : { requestOf: (one, some) => replayRequest(one, some, slot, window) }),
    });
    return outcome;
  } catch (error) {
    if (!(error instanceof BackendError) || signal.aborted) throw error;
    return { kind: "failed", rule, message: error.message };
  }
}

function slotText(slot: bigint): string {
  return `${formatDatetime(slot).slice(0, 19)}Z`;
}

/** Keeps the run and its alert in one write, and tells of it only then: what is not kept has not been told. */
async function recorded(
  answer: RuleAnswer,
  past: RulePast,
  slot: bigint,
  { store, queries, terminal }: Setting,
): Promise<RulePast> {
  const who = { at: new Date().toISOString(), by: userName() };
  const { id, name, severity, query } = answer.rule;
  const alert = alertEntryOf(answer, past, slot, who);
  const scheduled = scheduledRunOf(answer, queries.get(id));
  await appendEntries(store.folder, [runEntryOf(answer, { ...who, scheduled }), alert]);
  queries.set(id, query);
  if (alert.triggered === true) {
    const told = new Set(alert.findings);
    const said = {
      alert: `${id}/${alert.slot}`,
      rule: { id, name, ...(severity === undefined ? {} : { severity }) },
      at: formatDatetime(slot),
      rows: alert.rows,
      looked: answer.coverage.verdict,
      findings: answer.findings.filter((finding) => told.has(finding.id)),
    };
    terminal.out(`${forJson(JSON.stringify(said))}\n`);
  }
  return afterAlert(past, alert);
}

const LONGEST_NAP = 60_000;

/** Short naps: a machine that slept, or whose clock was set, must not be late by as much. */
async function untilNext(rules: readonly Scheduled[], terminal: Terminal): Promise<void> {
  const begun = clock();
  const [next = begun] = rules.map((rule) => nextSlot(rule, begun)).sort((a, b) => (a < b ? -1 : 1));
  terminal.progress(`next run at ${slotText(next)}`);
  for (let now = begun; now < next; now = clock()) {
    const wait = Math.min(Number((next - now) / 10_000n) + 1, LONGEST_NAP);
    await sleep(wait, undefined, { signal: terminal.signal });
  }
}
