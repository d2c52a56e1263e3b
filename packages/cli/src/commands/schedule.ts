import { setTimeout as sleep } from "node:timers/promises";
import {
  afterAlert,
  alertEntryOf,
  appendEntries,
  dueSlots,
  durationTicks,
  type Exclusion,
  loadExclusions,
  loadRulePaths,
  nextSlot,
  noPast,
  pastsIn,
  type Rule,
  type RuleAnswer,
  type RulePast,
  readJournal,
  replayText,
  runEntryOf,
  runHunt,
  unnamedTables,
} from "@goshawk/hunt";
import { formatDatetime } from "@goshawk/kql/values";
import { openStore, type Store } from "@goshawk/store";
import { backendOver, closingWith, eventTimeIn } from "../backend.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { exclusionProblemNotes, hasBroken, tuningNotes } from "../hunt/exclusions.ts";
import { fileNotes } from "../hunt/problems.ts";
import { truePositivesIn, userName } from "../hunt/record.ts";
import { huntNotes } from "../hunt/report.ts";
import { clock } from "../now.ts";
import { forTerminal } from "../output/escape.ts";
import { loadOutside, type Outside, type OutsideOptions } from "../outside.ts";
import { lockSchedule } from "../schedule/lock.ts";
import type { Terminal } from "../terminal.ts";

export interface ScheduleOptions extends OutsideOptions {
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
  readonly outside: Outside;
  readonly exclusions: readonly Exclusion[];
  readonly mostCatchUp: number;
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
  const store = await openStore(options.store);
  const outside = await loadOutside(options, store.folder, terminal);
  const unlock = await lockSchedule(store.folder);
  const setting: Setting = { store, outside, exclusions, mostCatchUp, terminal };
  let wrong = failed;
  try {
    const pasts = new Map(pastsIn((await readJournal(store.folder)).entries));
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
  const truePositives = await truePositivesIn(store.folder);
  const stored = new Map(snapshot.tables.map((table) => [table.name, table]));
  const eventTime = eventTimeIn(snapshot);
  let wrong = false;
  try {
    for (const { scheduled, slot } of due) {
      const { rule, period } = scheduled;
      terminal.progress(`${rule.name} at ${formatDatetime(slot).slice(0, 19)}Z`);
      const asked = await backend.query({ text: rule.query, now: slot, rowLimit: 0 }, terminal.signal);
      const tables = asked.ok ? asked.tables.filter((name) => stored.has(name)) : [];
      // Such a run can't be held to its time, so only the one that is due now tells the truth.
      const held = unnamedTables(rule, tables).length === 0;
      if (!held && slot + scheduled.every <= now) continue;
      const [outcome] = await runHunt([rule], backend, {
        now: slot,
        stored,
        exclusions: setting.exclusions,
        today: new Date().toISOString().slice(0, 10),
        eventTime,
        truePositives,
        signal: terminal.signal,
        ...(held ? { textOf: (one, some) => replayText(one, some, { tables, period }, eventTime) } : {}),
      });
      if (outcome === undefined || !("findings" in outcome) || hasBroken([outcome])) wrong = true;
      if (outcome === undefined) continue;
      if (!("findings" in outcome)) {
        const reason = outcome.kind === "refused" ? (outcome.diagnostics[0]?.message ?? "") : outcome.message;
        terminal.note(`${forTerminal(rule.name)}: can't run: ${forTerminal(reason)}`);
        continue;
      }
      const { color } = terminal.style;
      const [said = ""] = huntNotes([outcome], { color, quiet: false, summary: false }).split("\n");
      terminal.note(`${formatDatetime(slot).slice(0, 19)}Z ${said}`);
      for (const line of tuningNotes([outcome], color)) terminal.note(line);
      pasts.set(rule.id, await recorded(outcome, pasts.get(rule.id) ?? noPast, slot, setting));
    }
  } finally {
    await backend.close();
  }
  return wrong;
}

/** Keeps the run and its alert in one write, and tells of it only then: what is not kept has not been told. */
async function recorded(
  answer: RuleAnswer,
  past: RulePast,
  slot: bigint,
  { store, terminal }: Setting,
): Promise<RulePast> {
  const who = { at: new Date().toISOString(), by: userName() };
  const alert = alertEntryOf(answer, past, slot, who);
  await appendEntries(store.folder, [runEntryOf(answer, who), alert]);
  if (alert.findings.length > 0) {
    const { id, name, severity } = answer.rule;
    const told = new Set(alert.findings);
    const findings = answer.findings.filter((finding) => told.has(finding.id));
    terminal.out(
      `${JSON.stringify({ alert: `${id}/${alert.slot}`, rule: { id, name, ...(severity === undefined ? {} : { severity }) }, at: formatDatetime(slot), findings })}\n`,
    );
  }
  return afterAlert(past, alert);
}

const LONGEST_NAP = 60_000;

async function untilNext(rules: readonly Scheduled[], terminal: Terminal): Promise<void> {
  const now = clock();
  const [next = now] = rules.map((rule) => nextSlot(rule, now)).sort((a, b) => (a < b ? -1 : 1));
  terminal.progress(`next run at ${formatDatetime(next).slice(0, 19)}Z`);
  const wait = Math.min(Number((next - now) / 10_000n) + 1, LONGEST_NAP);
  await sleep(wait, undefined, { signal: terminal.signal });
}
