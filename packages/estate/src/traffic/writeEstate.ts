import { type Span, ticksPerDay } from "../clock.ts";
import type { PlannedEvent } from "../plan/plant.ts";
import { shuffle } from "../random.ts";
import { tableNames } from "../tables.ts";
import { backgroundQuotas, kindsOfDay } from "./quotas.ts";
import { createRun, type Run, type RunInput } from "./run.ts";
import { createDayTimes } from "./schedule.ts";

/** Writes all rows in the order of time: the planned ones, and background up to the wanted counts. Tells the first tick. */
export async function writeEstate(input: RunInput, planned: readonly PlannedEvent[]): Promise<number> {
  const { span } = input.world;
  const quotas = backgroundQuotas(span, input.counts, planned);
  const run = createRun(input);
  const plan = createCursor(run, planned);
  for (let day = 0; day * ticksPerDay < span.end; day++) {
    const kinds = kindsOfDay(quotas, day);
    shuffle(run.random, kinds);
    const timeOf = createDayTimes(span, day, kinds.length, run.random);
    for (let index = 0; index < kinds.length; index++) {
      const tick = timeOf(index);
      if (plan.isDue(tick)) await plan.playBefore(tick);
      if (run.background(tableNames[kinds[index] ?? 0], tick)) await run.breathe();
    }
    await plan.playBefore(Math.min((day + 1) * ticksPerDay, span.end));
  }
  await writeLastRows(run, span);
  await run.breathe();
  return run.firstTick();
}

interface Cursor {
  readonly isDue: (tick: number) => boolean;
  /** Writes the planned events that come before a tick. */
  readonly playBefore: (tick: number) => Promise<void>;
}

function createCursor(run: Run, planned: readonly PlannedEvent[]): Cursor {
  let place = 0;
  const isDue = (tick: number): boolean => (planned[place]?.tick ?? Number.POSITIVE_INFINITY) < tick;
  return {
    isDue,
    playBefore: async (tick) => {
      for (; isDue(tick); place++) {
        const event = planned[place];
        if (event !== undefined && run.planned(event)) await run.breathe();
      }
    },
  };
}

/** One more row in each table at the very end of the span, so that the newest event is the estate's present. */
async function writeLastRows(run: Run, span: Span): Promise<void> {
  for (const table of tableNames) {
    if (run.background(table, span.end)) await run.breathe();
  }
}
