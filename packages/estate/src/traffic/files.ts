import { hexText, pick, type Random } from "../random.ts";
import { fragmentText } from "../write/fragments.ts";
import { type FileAction, fileRequestText } from "../write/rows.ts";
import type { Emitter } from "./emitter.ts";
import { activeProcess } from "./processes.ts";
import type { Arrival, DeviceState, Slot } from "./state.ts";
import type { World } from "./world.ts";

/** Of all file events, how many are a new program's. */
const installShare = 0.25;
/** Programs a device gets at most, which bounds memory. */
const programsPerDevice = 60;

/** A file event: a file of a new program, or one of the many that come and go. */
export function touchFile(world: World, emitter: Emitter, state: DeviceState, tick: number): void {
  const arrival = world.random.fraction() < installShare ? nextArrival(world, state) : undefined;
  if (arrival !== undefined) {
    state.unchecked.push(arrival);
    const by = state.residents.explorer;
    emitter.emit("DeviceFileEvents", state, tick, (row) => emitter.writers.file(row, "FileCreated", arrival.file, by));
    return;
  }
  const by = activeProcess(world, state);
  const action = fileAction(world.random);
  const cells = `${looseCells(world.random, state, action)}${fileRequestText("Unknown", by)}`;
  emitter.emit("DeviceFileEvents", state, tick, (row) => emitter.writers.looseFile(row, action, cells, by));
}

function nextArrival(world: World, state: DeviceState): Arrival | undefined {
  if (state.installing.length === 0) install(world, state);
  return state.installing.shift();
}

function install(world: World, state: DeviceState): void {
  if (state.installed.size >= programsPerDevice) return;
  const rank = world.vendorRank(world.random);
  if (state.installed.has(rank)) return;
  state.installed.add(rank);
  const program = world.vendors.program(rank);
  const slot: Slot = { program, file: world.renderer.file(program.executable), libraries: [], run: undefined };
  state.installing.push({ file: slot.file, slot });
  for (const library of program.libraries) state.installing.push({ file: world.renderer.file(library), slot });
}

function fileAction(random: Random): FileAction {
  const chance = random.fraction();
  if (chance < 0.7) return "FileCreated";
  if (chance < 0.82) return "FileModified";
  return chance < 0.9 ? "FileRenamed" : "FileDeleted";
}

interface Place {
  readonly folder: string;
  readonly name: (random: Random) => string;
}

const places: readonly Place[] = [
  { folder: "C:\\Users\\{user}\\AppData\\Local\\Temp", name: (random) => `~${hexText(random, 8)}.tmp` },
  {
    folder: "C:\\Windows\\Prefetch",
    name: (random) => `APP${random.below(900)}.EXE-${hexText(random, 8).toUpperCase()}.pf`,
  },
  { folder: "C:\\Users\\{user}\\Documents", name: (random) => `report-${random.below(5000)}.docx` },
  { folder: "C:\\Users\\{user}\\Downloads", name: (random) => `download (${random.below(90)}).pdf` },
  { folder: "C:\\Windows\\SoftwareDistribution\\Download", name: (random) => `BIT${hexText(random, 4)}.tmp` },
  { folder: "C:\\ProgramData\\Microsoft\\Search\\Data\\Temp", name: (random) => `usgthrsvc_${hexText(random, 6)}.log` },
  {
    folder: "C:\\Users\\{user}\\AppData\\Local\\Microsoft\\Edge\\User Data\\Default\\Cache",
    name: (random) => `f_${hexText(random, 6)}`,
  },
];

function looseCells(random: Random, state: DeviceState, action: FileAction): string {
  const { folder, name } = pick(random, places);
  const own = folder.replace("{user}", state.device.fact.accounts.user.name);
  const fileName = name(random);
  const gone = action === "FileDeleted";
  return fragmentText({
    FileName: fileName,
    FolderPath: `${own}\\${fileName}`,
    SHA1: gone ? null : hexText(random, 40),
    SHA256: gone ? null : hexText(random, 64),
    MD5: gone ? null : hexText(random, 32),
    FileSize: gone ? null : random.below(4_000_000),
    PreviousFileName: action === "FileRenamed" ? name(random) : "",
    PreviousFolderPath: action === "FileRenamed" ? own : "",
  });
}
