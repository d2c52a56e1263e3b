import type { Span } from "../clock.ts";
import { type ResidentName, starterLibraries, starters } from "../facts/windows.ts";
import { createVendorCatalogue, type VendorCatalogue } from "../model/catalogue.ts";
import type { Device } from "../model/device.ts";
import type { FileFact } from "../model/file.ts";
import { asParent, type ProcessFact, uniqueProcessId } from "../model/process.ts";
import { createWindowsLibraries, createWindowsPrograms, fillCommand, type Program } from "../model/program.ts";
import { type Residents, residentsOf } from "../model/residents.ts";
import { createRandom, pick, type Random } from "../random.ts";
import {
  createRenderer,
  type RenderedFile,
  type RenderedProcess,
  type Renderer,
  renderDevice,
} from "../write/rendered.ts";
import { createZipf } from "../zipf.ts";
import type { DeviceState, Slot } from "./state.ts";

/** A file of Windows: a program, or a library when there is no program. */
export interface WindowsItem {
  readonly file: RenderedFile;
  readonly program?: Program;
}

/** What all devices share. */
export interface World {
  readonly span: Span;
  readonly random: Random;
  readonly renderer: Renderer;
  readonly vendors: VendorCatalogue;
  readonly vendorRank: (random: Random) => number;
  /** On every device from the start. */
  readonly windowsStart: readonly WindowsItem[];
  /** Appearing on devices one by one. */
  readonly windowsRest: readonly WindowsItem[];
  readonly states: readonly DeviceState[];
}

export interface WorldInput {
  readonly span: Span;
  readonly seed: number;
  readonly nowMs: number;
  readonly devices: readonly Device[];
  readonly residentFiles: Readonly<Record<ResidentName, FileFact>>;
}

export function createWorld(input: WorldInput): World {
  const { span, seed, nowMs, devices, residentFiles } = input;
  const renderer = createRenderer(span);
  const vendors = createVendorCatalogue(Math.min(4000, Math.max(80, devices.length * 8)), seed, nowMs);
  const programs = createWindowsPrograms(seed, nowMs);
  const libraries = createWindowsLibraries(seed, nowMs);
  const program = (made: Program): WindowsItem => ({ file: renderer.file(made.executable), program: made });
  const plain = (file: FileFact): WindowsItem => ({ file: renderer.file(file) });
  const first = programs.slice(0, starters);
  const firstLibraries = libraries.slice(0, starterLibraries);
  const random = createRandom(seed, "background");
  return {
    span,
    random,
    renderer,
    vendors,
    vendorRank: createZipf(vendors.size, 1),
    windowsStart: [
      ...[...new Set(Object.values(residentFiles))].map(plain),
      ...first.map(program),
      ...firstLibraries.map(plain),
    ],
    windowsRest: interleave(programs.slice(starters).map(program), libraries.slice(starterLibraries).map(plain)),
    states: devices.map((device) =>
      createState({
        span,
        renderer,
        random,
        device,
        residents: residentsOf(device, residentFiles, seed),
        first,
        firstLibraries,
      }),
    ),
  };
}

interface StateInput {
  readonly span: Span;
  readonly renderer: Renderer;
  readonly random: Random;
  readonly device: Device;
  readonly residents: Residents;
  readonly first: readonly Program[];
  readonly firstLibraries: readonly FileFact[];
}

function createState({ span, renderer, random, device, residents, first, firstLibraries }: StateInput): DeviceState {
  const rendered = {
    services: renderer.process(residents.services),
    svchost: renderer.process(residents.svchost),
    schedule: renderer.process(residents.schedule),
    windowsUpdate: renderer.process(residents.windowsUpdate),
    termService: renderer.process(residents.termService),
    lsass: renderer.process(residents.lsass),
    explorer: renderer.process(residents.explorer),
  };
  const state: DeviceState = {
    device: renderDevice(device),
    residents: rendered,
    residentList: Object.values(rendered),
    running: first.map((program) => ({
      program,
      file: renderer.file(program.executable),
      libraries: [],
      run: undefined,
    })),
    waiting: [],
    libraries: firstLibraries.map(renderer.file),
    checked: [],
    unchecked: [],
    installing: [],
    installed: new Set(),
    windowsChecked: 0,
    nextReportId: 1 + random.below(90_000),
    nextProcess: 600,
  };
  const bootedAt = residents.explorer.created;
  for (const slot of state.running) {
    startProgram({ renderer, random }, state, slot, bootedAt + random.below(span.start - bootedAt));
  }
  return state;
}

/** Starts a program again; its former run is forgotten. */
export function startProgram(
  world: Pick<World, "renderer" | "random">,
  state: DeviceState,
  slot: Slot,
  tick: number,
): { readonly run: RenderedProcess; readonly by: RenderedProcess } {
  const { random, renderer } = world;
  const { launch, executable } = slot.program;
  const by = parentOf(state, slot);
  const fact: ProcessFact = {
    file: executable,
    commandLine: fillCommand(pick(random, launch.commands), random.word),
    account: state.device.fact.accounts[launch.account],
    processId: 1000 + random.below(8000) * 4,
    uniqueId: uniqueProcessId(state.device.fact, state.nextProcess++),
    created: tick - random.below(300_000),
    parent: asParent(by.fact),
    session: undefined,
  };
  const run = renderer.process(fact);
  slot.run = run;
  return { run, by };
}

function parentOf(state: DeviceState, slot: Slot): RenderedProcess {
  const { residents } = state;
  if (slot.program.launch.parent !== "shell") return residents[slot.program.launch.parent];
  const shell = state.running.find((other) => other.program.executable.name === "cmd.exe");
  return shell?.run ?? residents.explorer;
}

/** Programs spread evenly among libraries. */
function interleave<T>(few: readonly T[], many: readonly T[]): T[] {
  const every = Math.max(1, Math.floor(many.length / few.length));
  return many.flatMap((item, place) => {
    const other = place % every === 0 ? few[place / every] : undefined;
    return other === undefined ? [item] : [other, item];
  });
}
