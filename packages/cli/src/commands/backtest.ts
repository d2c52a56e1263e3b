import type { ResultTable } from "@goshawk/engine";
import {
  type Backtest,
  backtest,
  durationTicks,
  type Exclusion,
  loadExclusions,
  loadRulePaths,
  type ReplayedRun,
  type Rule,
  stateOf,
  tunes,
  unheldTables,
  unreachedBy,
  type Verdict,
} from "@goshawk/hunt";
import { formatDatetime, parseDatetime } from "@goshawk/kql/values";
import { openStore } from "@goshawk/store";
import { backendOver, closingWith, eventTimeIn } from "../backend.ts";
import { diagnosticsText } from "../diagnostics.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { exclusionProblemNotes } from "../hunt/exclusions.ts";
import { fileNotes } from "../hunt/problems.ts";
import { truePositivesIn } from "../hunt/record.ts";
import { forTerminal } from "../output/escape.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import { loadOutside, type OutsideOptions } from "../outside.ts";
import type { Terminal } from "../terminal.ts";

export interface BacktestCommandOptions extends OutsideOptions {
  readonly store: string;
  readonly from?: string;
  readonly to?: string;
  /** Another name for the last run, as other commands have it. */
  readonly now?: string;
  readonly every?: string;
  readonly period?: string;
  readonly exclusions?: readonly string[];
  readonly format?: string;
}

const MOST_RUNS = 10_000n;

/** `goshawk backtest <rule>`: its schedule over the past, a row a day. */
export async function backtestCommand(
  path: string,
  options: BacktestCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const files = await loadRulePaths([path], { from: process.cwd(), signal: terminal.signal });
  for (const line of fileNotes(files, terminal.style.color)) terminal.note(line);
  const [rule, ...more] = files.flatMap((file) => file.rules);
  if (more.length > 0) throw new UsageError(`${path} holds ${more.length + 1} rules; name a file with one`);
  const loaded = await loadExclusions(options.exclusions ?? [], terminal.signal);
  for (const line of exclusionProblemNotes(loaded.problems)) terminal.note(line);
  if (rule === undefined || loaded.problems.length > 0) return exitCodes.ruleError;
  const store = await openStore(options.store);
  const outside = await loadOutside(options, store.folder, terminal);
  const { snapshot, release } = await store.read();
  const backend = closingWith(backendOver(store.folder, snapshot.tables, outside), release);
  try {
    const latest = newest(snapshot.tables);
    const asked = await backend.query({ text: rule.query, now: latest }, terminal.signal);
    if (!asked.ok) {
      terminal.note(diagnosticsText(asked.diagnostics, rule.query, rule.path));
      return exitCodes.ruleError;
    }
    const held = snapshot.tables.filter(({ name, rows }) => asked.tables.includes(name) && rows > 0);
    if (held.length === 0) {
      terminal.note(
        `could not look: ${asked.tables.join(", ")} ${asked.tables.length === 1 ? "holds" : "hold"} no rows here`,
      );
      return exitCodes.couldNotLook;
    }
    const lacking = asked.tables.filter((name) => !held.some((table) => table.name === name));
    if (lacking.length > 0) terminal.note(`could not look in ${lacking.join(", ")}: no rows of it are here`);
    const schedule = scheduleOf(rule, options, { first: oldest(held), last: newest(held) });
    const window = { ...schedule, tables: held.map(({ name }) => name), eventTime: eventTimeIn(snapshot) };
    const unreached = unreachedBy(backend, terminal.signal);
    const exclusions = await applied(
      loaded.exclusions.filter((item) => tunes(item, rule, asked.tables)),
      (tables) => unreached(rule, tables, { now: latest }),
      terminal,
    );
    const unheld = await unheldTables(rule, exclusions, latest, window, unreached);
    if (unheld.length > 0) {
      terminal.note(
        `error: ${rule.name} reads ${unheld.join(", ")} by a wildcard or a function, so a run can't be kept from seeing later events; name the tables in its text.`,
      );
      return exitCodes.ruleError;
    }
    const done = await backtest(rule, backend, {
      ...window,
      exclusions,
      truePositives: await truePositivesIn(store.folder),
      signal: terminal.signal,
      onProgress: (run, of) => terminal.progress(`${run + 1}/${of} runs of ${rule.name}`),
    });
    if ("diagnostics" in done) {
      for (const { message } of done.diagnostics) terminal.note(`error: ${forTerminal(message)}`);
      return exitCodes.ruleError;
    }
    return told(rule, done, { exclusions, verdict: lacking.length === 0 ? "runs" : "partly" }, format, terminal);
  } finally {
    await backend.close();
  }
}

/** Those that a schedule would apply today; why it would not apply others is said. */
async function applied(
  meant: readonly Exclusion[],
  unreached: (tables: readonly string[]) => Promise<readonly string[]>,
  terminal: Terminal,
): Promise<readonly Exclusion[]> {
  const today = new Date().toISOString().slice(0, 10);
  const active = meant.filter((item) => stateOf(item, today) === "active");
  for (const item of meant)
    if (!active.includes(item)) terminal.note(`exclusion ${item.id} is a draft or expired; it is not applied`);
  if (active.length === 0) return [];
  const beside = await unreached([...new Set(active.map(({ table }) => table))]);
  return active.filter(({ id, table }) => {
    if (beside.includes(table))
      terminal.note(
        `exclusion ${id} can't reach ${table} everywhere: the rule reads it by a wildcard or a function, too; it is not applied`,
      );
    return !beside.includes(table);
  });
}

interface Span {
  readonly first: bigint;
  readonly last: bigint;
}

function scheduleOf(
  rule: Rule,
  options: BacktestCommandOptions,
  data: Span,
): { readonly from: bigint; readonly to: bigint; readonly every: bigint; readonly period: bigint | undefined } {
  const every = durationOption("--every", options.every) ?? durationTicks(rule.queryFrequency ?? "") ?? undefined;
  if (every === undefined) throw new UsageError("the rule states no queryFrequency; give --every, such as 1h");
  const period = durationOption("--period", options.period) ?? durationTicks(rule.queryPeriod ?? "");
  const from = timeOption("--from", options.from) ?? data.first;
  if (options.now !== undefined && options.to !== undefined)
    throw new UsageError("--now and --to both say when the last run is; give one of them");
  const to = timeOption("--to", options.to) ?? timeOption("--now", latestIsDefault(options.now)) ?? data.last;
  if (to < from) throw new UsageError("--to is before --from");
  if ((to - from) / every >= MOST_RUNS)
    throw new UsageError(`that is more than ${MOST_RUNS} runs; take a longer --every or a shorter span`);
  return { from, to, every, period };
}

/** The newest event is what a backtest ends with anyway. */
function latestIsDefault(now: string | undefined): string | undefined {
  return now === "latest" ? undefined : now;
}

function durationOption(name: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const ticks = durationTicks(text);
  if (ticks === undefined) throw new UsageError(`${name} '${text}' is no duration; expected one such as 1h or PT1H`);
  return ticks;
}

function timeOption(name: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const ticks = parseDatetime(text);
  if (ticks === undefined) throw new UsageError(`${name} '${text}' is no datetime; expected one such as 2026-10-31`);
  return ticks;
}

interface Spanned {
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
}

function oldest(tables: readonly Spanned[]): bigint {
  return tables.reduce(
    (least, { firstEvent }) => (firstEvent !== null && (least === 0n || firstEvent < least) ? firstEvent : least),
    0n,
  );
}

function newest(tables: readonly Spanned[]): bigint {
  return tables.reduce((most, { lastEvent }) => (lastEvent !== null && lastEvent > most ? lastEvent : most), 0n);
}

function told(
  rule: Rule,
  { alone, tuned, hiddenTruth, blind }: Backtest,
  { exclusions, verdict }: { readonly exclusions: readonly Exclusion[]; readonly verdict: Verdict },
  format: ReturnType<typeof chosenFormat>,
  terminal: Terminal,
): ExitCode {
  const days = [...new Set(alone.map(({ at }) => dayOf(at)))];
  const sum = (runs: readonly ReplayedRun[], day: string, pick: "alerts" | "fresh"): number =>
    runs.filter(({ at }) => dayOf(at) === day).reduce((total, run) => total + run[pick], 0);
  const table: ResultTable = {
    columns: [
      { name: "Day", type: "string" },
      { name: "Runs", type: "long" },
      { name: "Alerts", type: "long" },
      { name: "NewFindings", type: "long" },
      { name: "AlertsTuned", type: "long" },
      { name: "NewFindingsTuned", type: "long" },
    ],
    rows: days.map((day) => [
      day,
      String(alone.filter(({ at, ran }) => ran && dayOf(at) === day).length),
      ...[sum(alone, day, "alerts"), sum(alone, day, "fresh"), sum(tuned, day, "alerts"), sum(tuned, day, "fresh")].map(
        String,
      ),
    ]),
    truncated: false,
  };
  terminal.out(resultText(table, format, terminal.style));
  const all = (runs: readonly ReplayedRun[]): number => runs.reduce((total, run) => total + run.alerts, 0);
  const perDay = (count: number): string => (count / Math.max(1, days.length)).toFixed(1);
  const with_ =
    exclusions.length === 0
      ? ""
      : `; with ${exclusions.map(({ id }) => id).join(", ")} ${all(tuned)}, ${perDay(all(tuned))} a day`;
  terminal.note(
    `${rule.name}: ${alone.length} runs over ${days.length} days raise ${all(alone)} alerts, ${perDay(all(alone))} a day${with_} (${verdict}).`,
  );
  for (const line of blindNotes(blind, alone.length)) terminal.note(line);
  if (hiddenTruth.length === 0) return exitCodes.ok;
  terminal.note(
    `error: these exclusions hide ${hiddenTruth.map(forTerminal).join(", ")}, which somebody called true positives.`,
  );
  return exitCodes.ruleError;
}

function blindNotes(blind: Backtest["blind"], runs: number): readonly string[] {
  return [...new Set(blind.map(({ exclusion }) => exclusion))].map((id) => {
    const times = blind.filter(({ exclusion }) => exclusion === id);
    const [first] = times;
    const since = formatDatetime(first?.at ?? 0n).slice(0, 19);
    return forTerminal(
      `exclusion ${id} had no evidence in ${times.length} of ${runs} runs, and none was applied to them; first at ${since}Z: ${first?.reason ?? ""}`,
    );
  });
}

function dayOf(ticks: bigint): string {
  return formatDatetime(ticks).slice(0, 10);
}
