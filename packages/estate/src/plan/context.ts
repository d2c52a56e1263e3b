import { type Span, ticksPerSecond } from "../clock.ts";
import type { ResidentName } from "../facts/windows.ts";
import type { Device, DeviceRole } from "../model/device.ts";
import type { FileFact } from "../model/file.ts";
import { windowsFile } from "../model/program.ts";
import { type Residents, residentsOf } from "../model/residents.ts";
import { createRandom, pick, type Random } from "../random.ts";
import type { PlannedEvent, ScenarioId } from "./plant.ts";

/** What the plan is made from, and where it collects. */
export interface PlanContext {
  readonly seed: number;
  readonly span: Span;
  /** The estate's present, for certificates. */
  readonly nowMs: number;
  readonly devices: readonly Device[];
  readonly random: Random;
  readonly events: PlannedEvent[];
  /** Devices on which a scenario is played, by scenario. */
  readonly stages: Map<ScenarioId, Set<Device>>;
  readonly residents: (device: Device) => Residents;
  /** A program that comes with Windows. */
  readonly system: (file: string, folder?: string) => FileFact;
  /** A device of that role which no other call was given. */
  readonly takeDevice: (role: DeviceRole) => Device;
  readonly anyDevice: (role: DeviceRole) => Device;
}

export interface PlanInput {
  readonly seed: number;
  readonly span: Span;
  readonly nowMs: number;
  readonly devices: readonly Device[];
  readonly residentFiles: Readonly<Record<ResidentName, FileFact>>;
}

export function createPlanContext(input: PlanInput): PlanContext {
  const { seed, span, nowMs, devices } = input;
  const random = createRandom(seed, "plan");
  const residents = new Map<Device, Residents>();
  const system = new Map<string, FileFact>();
  const pools = poolsOf(devices, random);
  return {
    seed,
    span,
    nowMs,
    devices,
    random,
    events: [],
    stages: new Map(),
    residents: (device) => {
      const known = residents.get(device) ?? residentsOf(device, input.residentFiles, seed);
      residents.set(device, known);
      return known;
    },
    system: (file, folder = "C:\\Windows\\System32") => {
      const key = `${folder}\\${file}`;
      const known =
        system.get(key) ?? windowsFile({ file, folder, description: file.replace(/\.exe$/, "") }, seed, nowMs);
      system.set(key, known);
      return known;
    },
    takeDevice: (role) => {
      const device = pools[role].pop();
      if (device === undefined) throw new RangeError(`devices: too few devices of role ${role} for what is planted`);
      return device;
    },
    anyDevice: (role) =>
      pick(
        random,
        devices.filter((device) => device.role === role),
      ),
  };
}

/** A moment `seconds` after another, give or take a fraction, to the tick. */
export function after(context: PlanContext, tick: number, seconds: number): number {
  return tick + seconds * ticksPerSecond + context.random.below(ticksPerSecond);
}

function poolsOf(devices: readonly Device[], random: Random): Record<DeviceRole, Device[]> {
  const pools: Record<DeviceRole, Device[]> = { workstation: [], server: [], build: [] };
  for (const device of devices) pools[device.role].push(device);
  for (const pool of Object.values(pools)) {
    for (let last = pool.length - 1; last > 0; last--) {
      const other = random.below(last + 1);
      const [a, b] = [pool[last], pool[other]];
      if (a !== undefined && b !== undefined) [pool[last], pool[other]] = [b, a];
    }
  }
  return pools;
}
