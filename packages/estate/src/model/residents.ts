import { ticksPerDay, ticksPerSecond } from "../clock.ts";
import { type ResidentName, residentPrograms } from "../facts/windows.ts";
import { createRandom } from "../random.ts";
import type { Device } from "./device.ts";
import type { FileFact } from "./file.ts";
import { asParent, type ParentFact, type ProcessFact, uniqueProcessId } from "./process.ts";
import { windowsFile } from "./program.ts";

export type Residents = Readonly<Record<ResidentName, ProcessFact>>;

/** Files of the programs that are always running; one file for all devices. */
export function createResidentFiles(seed: number, nowMs: number): Readonly<Record<ResidentName, FileFact>> {
  const svchost = windowsFile(residentPrograms.svchost, seed, nowMs);
  return {
    services: windowsFile(residentPrograms.services, seed, nowMs),
    svchost,
    schedule: svchost,
    windowsUpdate: svchost,
    termService: svchost,
    lsass: windowsFile(residentPrograms.lsass, seed, nowMs),
    explorer: windowsFile(residentPrograms.explorer, seed, nowMs),
  };
}

/** The processes that run on a device from its last start, before the span begins, to the span's end. */
export function residentsOf(device: Device, files: Readonly<Record<ResidentName, FileFact>>, seed: number): Residents {
  const random = createRandom(seed, `residents/${device.index}`);
  const booted = -Math.floor((1 + random.fraction() * 9) * ticksPerDay);
  let sequence = 16;
  const start = (name: ResidentName, parent: ParentFact): ProcessFact => {
    const fact = residentPrograms[name];
    sequence += 1 + random.below(40);
    return {
      file: files[name],
      commandLine: fact.command,
      account: device.accounts[fact.account],
      processId: 500 + sequence * 4,
      uniqueId: uniqueProcessId(device, sequence),
      created: booted + sequence * (ticksPerSecond / 2) + random.below(10_000),
      parent,
      session: undefined,
    };
  };
  const early = (fileName: string): ParentFact => ({
    fileName,
    processId: 480 + random.below(5) * 4,
    created: booted + ticksPerSecond * 7,
  });
  const services = start("services", early(residentPrograms.services.parent));
  return {
    services,
    lsass: start("lsass", early(residentPrograms.lsass.parent)),
    svchost: start("svchost", asParent(services)),
    schedule: start("schedule", asParent(services)),
    windowsUpdate: start("windowsUpdate", asParent(services)),
    termService: start("termService", asParent(services)),
    explorer: start("explorer", early(residentPrograms.explorer.parent)),
  };
}
