import { ticksPerSecond } from "../clock.ts";
import type { AccountKind } from "../facts/windows.ts";
import type { Device } from "../model/device.ts";
import type { FileFact } from "../model/file.ts";
import { asParent, type ProcessFact, type RemoteSession, uniqueProcessId } from "../model/process.ts";
import type { PlanContext } from "./context.ts";
import type { Plant, Target } from "./plant.ts";

/** What happens on one device for one plant; every call becomes one row. */
export interface Script {
  readonly start: (tick: number, run: Run, by: ProcessFact) => ProcessFact;
  readonly create: (tick: number, file: FileFact, by: ProcessFact) => void;
  readonly load: (tick: number, file: FileFact, by: ProcessFact) => void;
  readonly connect: (tick: number, by: ProcessFact, target: Target) => void;
  readonly certify: (tick: number, file: FileFact) => void;
}

export interface Run {
  readonly file: FileFact;
  readonly commandLine: string;
  readonly account: AccountKind;
  readonly session?: RemoteSession;
}

/** Above the sequence numbers of background processes, so that no id comes twice. */
const firstPlannedSequence = 2 ** 40;

export function openScript(context: PlanContext, device: Device, plant?: Plant): Script {
  const { events, random } = context;
  return {
    start: (tick, run, by) => {
      const process: ProcessFact = {
        file: run.file,
        commandLine: run.commandLine,
        account: device.accounts[run.account],
        processId: 4000 + random.below(6000) * 4,
        uniqueId: uniqueProcessId(device, firstPlannedSequence + events.length),
        created: tick - random.below(ticksPerSecond / 50),
        parent: asParent(by),
        session: run.session,
      };
      events.push({ kind: "process", tick, device, plant, process, by });
      return process;
    },
    create: (tick, file, by) => events.push({ kind: "file", tick, device, plant, file, by }),
    load: (tick, file, by) => events.push({ kind: "imageLoad", tick, device, plant, file, by }),
    connect: (tick, by, target) => events.push({ kind: "network", tick, device, plant, by, target }),
    certify: (tick, file) => events.push({ kind: "certificate", tick, device, plant, file }),
  };
}
