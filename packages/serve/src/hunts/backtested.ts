import {
  backtest,
  durationTicks,
  foldJournal,
  type ReplayedRun,
  type Rule,
  readJournal,
  stateOf,
  tunes,
  unheldTables,
  unreachedBy,
} from "@goshawk/hunt";
import { formatDatetime, parseDatetime } from "@goshawk/kql";
import { QueryFault } from "../engines/answers.ts";
import { huntBackend } from "../engines/huntBackend.ts";
import { ServeError } from "../http/serveError.ts";
import { nowOf } from "../routes/now.ts";
import type { Service } from "../service.ts";
import { type Content, wantedRules } from "./content.ts";
import { eventTimeIn } from "./eventTime.ts";

/** What a client asks of a backtest. */
export interface BacktestWords {
  readonly rule: string;
  readonly from?: string;
  readonly to?: string;
  readonly every?: string;
  readonly period?: string;
  readonly exclusions?: boolean;
}

/** Replays a rule's schedule over the store, a row a day. */
export async function backtested(
  asked: BacktestWords,
  content: Content,
  service: Service,
  { client, signal }: { readonly client: string; readonly signal: AbortSignal },
): Promise<object> {
  const [rule] = (await wantedRules(content, { rules: [asked.rule] })).rules;
  if (rule === undefined) throw new ServeError(400, "UnknownRule", `There is no rule '${asked.rule.slice(0, 80)}'.`);
  const held = await service.tables.newest();
  try {
    const backend = huntBackend(service, held, client);
    const now = await nowOf(service, "latest");
    const read = await backend.query({ text: rule.query, now, rowLimit: 0 }, signal);
    if (!read.ok) throw new QueryFault(read.diagnostics, rule.query);
    const stored = held.snapshot.tables.filter(({ name, rows }) => read.tables.includes(name) && rows > 0);
    if (stored.length === 0)
      throw notReplayed(`None of the tables that it reads holds rows: ${read.tables.join(", ")}.`);
    const eventTime = eventTimeIn(held.snapshot);
    const window = { ...scheduleOf(rule, asked, stored), tables: stored.map(({ name }) => name), eventTime };
    const unreached = unreachedBy(backend, signal);
    const all = asked.exclusions === false ? [] : (await content.exclusions()).exclusions;
    const today = new Date().toISOString().slice(0, 10);
    const active = all.filter((item) => tunes(item, rule, read.tables) && stateOf(item, today) === "active");
    const tuned = [...new Set(active.map(({ table }) => table))];
    const beside = tuned.length === 0 ? [] : await unreached(rule, tuned, { now });
    const exclusions = active.filter(({ table }) => !beside.includes(table));
    const unheld = await unheldTables(rule, exclusions, now, window, unreached);
    if (unheld.length > 0)
      throw notReplayed(
        `It reads ${unheld.join(", ")} by a wildcard or a function, so a run can't be kept from seeing later events; name the tables in its text.`,
      );
    const records = foldJournal((await readJournal(service.store.folder)).entries);
    const done = await backtest(rule, backend, {
      ...window,
      exclusions,
      truePositives: new Set(records.flatMap((item) => (item.verdict === "true-positive" ? [item.id] : []))),
      signal,
    });
    if ("diagnostics" in done) throw new QueryFault(done.diagnostics, rule.query);
    return {
      rule: rule.id,
      exclusions: exclusions.map(({ id }) => id),
      days: daysOf(done.alone, done.tuned),
      hiddenTruth: done.hiddenTruth,
      notApplied: [
        ...active
          .filter((item) => !exclusions.includes(item))
          .map(({ id, table }) => ({
            exclusion: id,
            at: null,
            reason: `It can't reach ${table} everywhere in the rule.`,
          })),
        ...done.blind.map(({ at, exclusion, reason }) => ({ exclusion, at: formatDatetime(at), reason })),
      ],
    };
  } finally {
    held.done();
  }
}

const MOST_RUNS = 10_000n;

function scheduleOf(
  rule: Rule,
  asked: BacktestWords,
  stored: readonly { readonly firstEvent: bigint | null; readonly lastEvent: bigint | null }[],
): { readonly from: bigint; readonly to: bigint; readonly every: bigint; readonly period: bigint | undefined } {
  const every = durationIn("every", asked.every) ?? durationTicks(rule.queryFrequency ?? "");
  if (every === undefined) throw notReplayed("The rule states no queryFrequency; give 'every', such as 1h.");
  const times = stored
    .flatMap(({ firstEvent, lastEvent }) => [firstEvent ?? [], lastEvent ?? []].flat())
    .sort((a, b) => (a < b ? -1 : 1));
  const from = timeIn("from", asked.from) ?? times[0] ?? 0n;
  const to = timeIn("to", asked.to) ?? times.at(-1) ?? 0n;
  if (to < from) throw notReplayed("'to' is before 'from'.");
  if ((to - from) / every >= MOST_RUNS)
    throw notReplayed(`That is more than ${MOST_RUNS} runs; take a longer 'every' or a shorter span.`);
  return { from, to, every, period: durationIn("period", asked.period) ?? durationTicks(rule.queryPeriod ?? "") };
}

function notReplayed(message: string): ServeError {
  return new ServeError(422, "NotReplayed", message);
}

function daysOf(alone: readonly ReplayedRun[], tuned: readonly ReplayedRun[]): readonly object[] {
  const dayOf = ({ at }: ReplayedRun): string => formatDatetime(at).slice(0, 10);
  const days = new Map<string, Record<"runs" | "alerts" | "fresh" | "alertsTuned" | "freshTuned", number>>();
  const on = (run: ReplayedRun) => {
    const known = days.get(dayOf(run)) ?? { runs: 0, alerts: 0, fresh: 0, alertsTuned: 0, freshTuned: 0 };
    days.set(dayOf(run), known);
    return known;
  };
  for (const run of alone) {
    const day = on(run);
    if (run.ran) day.runs++;
    day.alerts += run.alerts;
    day.fresh += run.fresh;
  }
  for (const run of tuned) {
    const day = on(run);
    day.alertsTuned += run.alerts;
    day.freshTuned += run.fresh;
  }
  return [...days].map(([day, counts]) => ({ day, ...counts }));
}

function timeIn(name: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const ticks = parseDatetime(text);
  if (ticks === undefined) throw new ServeError(400, "BadRequest", `'${name}' is no datetime.`);
  return ticks;
}

function durationIn(name: string, text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const ticks = durationTicks(text);
  if (ticks === undefined || ticks <= 0n)
    throw new ServeError(400, "BadRequest", `'${name}' is no duration such as 1h.`);
  return ticks;
}
