import { setImmediate } from "node:timers/promises";
import type { Ledger } from "../ledger.ts";
import type { EstateProgress } from "../options.ts";
import type { PlannedEvent } from "../plan/plant.ts";
import { createRandom, type Random } from "../random.ts";
import type { RowCounts, TableName } from "../tables.ts";
import type { RowWriters } from "../write/rows.ts";
import type { Sink } from "../write/sink.ts";
import { checkCertificate } from "./certificates.ts";
import { createEmitter, type Emitter } from "./emitter.ts";
import { touchFile } from "./files.ts";
import { reportInventory } from "./inventory.ts";
import { connect } from "./network.ts";
import { emitPlanned, plannedTable } from "./planned.ts";
import { createProcess, loadImage } from "./processes.ts";
import type { DeviceState } from "./state.ts";
import type { World } from "./world.ts";

export interface RunInput {
  readonly world: World;
  readonly counts: RowCounts;
  readonly seed: number;
  readonly sink: Sink;
  readonly writers: RowWriters;
  readonly ledger: Ledger;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: EstateProgress) => void) | undefined;
}

type Activity = (world: World, emitter: Emitter, state: DeviceState, tick: number) => void;

const activities: Readonly<Record<TableName, Activity>> = {
  DeviceImageLoadEvents: loadImage,
  DeviceNetworkEvents: connect,
  DeviceProcessEvents: createProcess,
  DeviceFileEvents: touchFile,
  DeviceFileCertificateInfo: checkCertificate,
  DeviceInfo: (_, emitter, state, tick) => reportInventory(emitter, state, tick),
};

/** The writing of rows, one at a time. */
export interface Run {
  readonly random: Random;
  /** Each writes one row and says whether `breathe` must follow. */
  readonly planned: (event: PlannedEvent) => boolean;
  readonly background: (table: TableName | undefined, tick: number) => boolean;
  /** Lets others run, so that the signal is heard, and tells progress. */
  readonly breathe: () => Promise<void>;
  readonly firstTick: () => number;
}

const rowsPerBreath = 20_000;

export function createRun({ world, counts, seed, sink, writers, ledger, signal, onProgress }: RunInput): Run {
  const emitter = createEmitter(sink, writers);
  const random = createRandom(seed, "schedule");
  const totalRows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  let told = 0;
  let inventoried = 0;
  const mustBreathe = (): boolean => emitter.rows() - told >= rowsPerBreath;
  return {
    random,
    planned: (event) => {
      const reportId = emitPlanned(world, emitter, event);
      const table = plannedTable[event.kind];
      const tick = sink.writtenTick(table, event.device, event.tick);
      if (event.plant !== undefined) ledger.note(event.plant, table, { tick, reportId });
      return mustBreathe();
    },
    background: (table, tick) => {
      const device = table === "DeviceInfo" ? inventoried++ % world.states.length : random.below(world.states.length);
      const state = world.states[device];
      if (table === undefined || state === undefined) throw new RangeError("no such table or device");
      activities[table](world, emitter, state, tick);
      return mustBreathe();
    },
    breathe: async () => {
      told = emitter.rows();
      onProgress?.({ rows: told, totalRows });
      await setImmediate();
      signal?.throwIfAborted();
    },
    firstTick: emitter.firstTick,
  };
}
