import type { Backend, ResultTable } from "@goshawk/engine";
import type { Diagnostic } from "@goshawk/kql";
import type { Exclusion } from "../exclusions/exclusion.ts";
import { blindness } from "../hunts/blindness.ts";
import { findingsOf } from "../hunts/finding.ts";
import type { Rule } from "../rules/rule.ts";
import { type ReplayWindow, replayRequest } from "./replay.ts";
import { alertsOf, suppressionOf, triggers } from "./trigger.ts";

/** One run of a schedule that was replayed, without exclusions or with them. */
export interface ReplayedRun {
  /** `now()` of the run, in ticks. */
  readonly at: bigint;
  /** False where the rule kept still after an alert. */
  readonly ran: boolean;
  readonly rows: number;
  readonly alerts: number;
  /** Findings that no run before has shown. */
  readonly fresh: number;
}

export interface Backtest {
  readonly alone: readonly ReplayedRun[];
  /** With exclusions; the same as `alone` where there are none. */
  readonly tuned: readonly ReplayedRun[];
  /** True positives that exclusions would have hidden, as entities. */
  readonly hiddenTruth: readonly string[];
  /** Runs to which exclusions were not applied, as a schedule would not: they had no evidence of what to keep. */
  readonly blind: readonly { readonly at: bigint; readonly exclusion: string; readonly reason: string }[];
}

export interface BacktestOptions extends ReplayWindow {
  /** Ticks of the first run and the last, and between runs. */
  readonly from: bigint;
  readonly to: bigint;
  readonly every: bigint;
  readonly exclusions: readonly Exclusion[];
  /** Ids of findings that no exclusion may hide. */
  readonly truePositives: ReadonlySet<string>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Runs a rule at each moment of its schedule over what was there then, and counts its alerts. */
export async function backtest(
  rule: Rule,
  backend: Backend,
  options: BacktestOptions,
): Promise<Backtest | { readonly diagnostics: readonly Diagnostic[] }> {
  const { from, to, every, exclusions, eventTime, signal } = options;
  const [alone, tuned] = [lane(rule), lane(rule)];
  const hiddenTruth = new Map<string, string>();
  const blind: Backtest["blind"][number][] = [];
  const ask = async (some: readonly Exclusion[], now: bigint): Promise<ResultTable | readonly Diagnostic[]> => {
    const outcome = await backend.query({ ...replayRequest(rule, some, now, options), now }, signal);
    return outcome.ok ? outcome.table : outcome.diagnostics;
  };
  const sighted = async (now: bigint): Promise<readonly Exclusion[]> => {
    let all = true;
    for (const exclusion of exclusions) {
      const asked = { now, scope: { to: now + 1n } };
      const reason = await blindness(exclusion, backend, asked, { eventTime, ...(signal && { signal }) });
      if (reason === undefined) continue;
      all = false;
      blind.push({ at: now, exclusion: exclusion.id, reason });
    }
    return all ? exclusions : [];
  };
  const runs = Number((to - from) / every) + 1;
  for (let run = 0; run < runs; run++) {
    signal?.throwIfAborted();
    options.onProgress?.(run, runs);
    const at = from + BigInt(run) * every;
    const base = await ask([], at);
    if (!("rows" in base)) return { diagnostics: base };
    const applied = await sighted(at);
    const after = applied.length === 0 ? base : await ask(applied, at);
    if (!("rows" in after)) return { diagnostics: after };
    alone.add(at, base);
    tuned.add(at, after);
    const left = new Set(findingsOf(rule, after).map(({ id }) => id));
    for (const { id, entity } of findingsOf(rule, base))
      if (options.truePositives.has(id) && !left.has(id)) hiddenTruth.set(id, entity);
  }
  return { alone: alone.runs, tuned: tuned.runs, hiddenTruth: [...hiddenTruth.values()], blind };
}

/** What one schedule has seen so far: its suppression is its own. */
function lane(rule: Rule): { readonly runs: ReplayedRun[]; readonly add: (at: bigint, table: ResultTable) => void } {
  const runs: ReplayedRun[] = [];
  const seen = new Set<string>();
  let quietUntil = 0n;
  return {
    runs,
    add: (at, table) => {
      if (at < quietUntil) {
        runs.push({ at, ran: false, rows: 0, alerts: 0, fresh: 0 });
        return;
      }
      const rows = table.rows.length;
      const alerts = triggers(rule, rows) ? alertsOf(rule, rows) : 0;
      if (alerts > 0) quietUntil = at + suppressionOf(rule);
      const before = seen.size;
      for (const { id } of findingsOf(rule, table)) seen.add(id);
      runs.push({ at, ran: true, rows, alerts, fresh: seen.size - before });
    },
  };
}
