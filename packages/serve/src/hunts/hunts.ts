import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import {
  appendEntries,
  type Exclusion,
  foldJournal,
  huntEntryOf,
  queriesIn,
  type Rule,
  type RuleOutcome,
  readJournal,
  runEntryOf,
  runHunt,
} from "@goshawk/hunt";
import { clock } from "../clock.ts";
import { huntBackend } from "../engines/huntBackend.ts";
import { ServeError } from "../http/serveError.ts";
import type { Service } from "../service.ts";
import { eventTimeIn } from "./eventTime.ts";

/** How far a hunt has come. */
export interface HuntProgress {
  readonly done: number;
  readonly total: number;
  readonly rule: string;
}

/** A hunt in hand or done. */
export interface RunningHunt {
  readonly id: string;
  readonly by: string;
  readonly started: string;
  state: "running" | "done" | "cancelled" | "failed";
  progress: HuntProgress;
  outcomes: readonly RuleOutcome[];
  readonly events: EventEmitter<{ progress: [HuntProgress]; end: [] }>;
  cancel(): void;
}

export interface HuntSetting {
  readonly rules: readonly Rule[];
  readonly exclusions: readonly Exclusion[];
  readonly now?: bigint | "latest";
  readonly record: boolean;
  readonly title: string;
  readonly by: string;
  /** Whose turn its queries count as. */
  readonly client: string;
}

/** The hunts of this process; the older ones are forgotten, their findings are in the store. */
export interface Hunts {
  start(setting: HuntSetting): RunningHunt;
  get(id: string): RunningHunt | undefined;
  list(): readonly RunningHunt[];
  cancelAll(): void;
}

const REMEMBERED = 50;

export function huntsOf(service: Service): Hunts {
  const hunts = new Map<string, RunningHunt>();
  const forget = (): void => {
    for (const [id, hunt] of hunts) if (hunts.size > REMEMBERED && hunt.state !== "running") hunts.delete(id);
  };
  return {
    get: (id) => hunts.get(id),
    list: () => [...hunts.values()],
    cancelAll: () => {
      for (const hunt of hunts.values()) hunt.cancel();
    },
    start: (setting) => {
      const running = [...hunts.values()].filter((hunt) => hunt.state === "running").length;
      if (running >= service.limits.hunts) throw ServeError.overloaded(30, "hunts");
      const abort = new AbortController();
      const hunt: RunningHunt = {
        id: randomUUID().slice(0, 8),
        by: setting.by,
        started: new Date().toISOString(),
        state: "running",
        progress: { done: 0, total: setting.rules.length, rule: "" },
        outcomes: [],
        events: new EventEmitter(),
        cancel: () => abort.abort(),
      };
      hunts.set(hunt.id, hunt);
      forget();
      void run(hunt, setting, service, abort.signal)
        .then(() => {
          hunt.state = "done";
        })
        .catch(() => {
          hunt.state = abort.signal.aborted ? "cancelled" : "failed";
        })
        .finally(() => hunt.events.emit("end"));
      return hunt;
    },
  };
}

async function run(hunt: RunningHunt, setting: HuntSetting, service: Service, signal: AbortSignal): Promise<void> {
  const held = await service.tables.newest({ now: true });
  const folder = service.store.folder;
  try {
    const records = foldJournal((await readJournal(folder)).entries);
    const today = hunt.started.slice(0, 10);
    const outcomes = await runHunt(setting.rules, huntBackend(service, held, setting.client), {
      now: setting.now ?? service.now ?? clock(),
      stored: new Map(held.snapshot.tables.map((table) => [table.name, table])),
      exclusions: setting.exclusions,
      today,
      eventTime: eventTimeIn(held.snapshot),
      truePositives: new Set(records.flatMap((item) => (item.verdict === "true-positive" ? [item.id] : []))),
      timeoutMs: service.limits.timeoutMs,
      rowLimit: 100_000,
      signal,
      onProgress: (done, total, rule) => {
        hunt.progress = { done, total, rule: rule.name };
        hunt.events.emit("progress", hunt.progress);
      },
    });
    hunt.outcomes = outcomes;
    hunt.progress = { done: outcomes.length, total: outcomes.length, rule: "" };
    if (setting.record && held.snapshot.tables.length > 0) await record(hunt, outcomes, setting, folder, today);
  } finally {
    held.done();
  }
}

async function record(
  { id, started: at }: RunningHunt,
  outcomes: readonly RuleOutcome[],
  { by, title, exclusions }: HuntSetting,
  folder: string,
  today: string,
): Promise<void> {
  const known = queriesIn((await readJournal(folder)).entries);
  const entry = huntEntryOf(outcomes, {
    id,
    at,
    by,
    title,
    hypotheses: [],
    exclusions,
    today,
    knownQuery: (rule) => known.get(rule),
  });
  const runs = outcomes.flatMap((outcome) =>
    "findings" in outcome ? [runEntryOf(outcome, { at, by, hunt: id })] : [],
  );
  await appendEntries(folder, [entry, ...runs]);
}
