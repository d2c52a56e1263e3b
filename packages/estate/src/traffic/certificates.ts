import type { RenderedFile } from "../write/rendered.ts";
import type { Emitter } from "./emitter.ts";
import type { DeviceState } from "./state.ts";
import type { World } from "./world.ts";

/** Of the certificate checks that no new program asks for, how many concern a file of Windows seen for the first time. */
const firstSightShare = 0.6;

/** A certificate check: of a file that just arrived, of one of Windows, or of a known one once more. */
export function checkCertificate(world: World, emitter: Emitter, state: DeviceState, tick: number): void {
  const file = nextFile(world, state);
  state.checked.push(file);
  emitter.emit("DeviceFileCertificateInfo", state, tick, (row) => emitter.writers.certificate(row, file));
}

function nextFile(world: World, state: DeviceState): RenderedFile {
  const arrival = state.unchecked.shift();
  if (arrival !== undefined) {
    const { file, slot } = arrival;
    if (file === slot.file) state.waiting.push(slot);
    else slot.libraries.push(file);
    return file;
  }
  const known = state.checked[world.random.below(Math.max(1, state.checked.length))];
  if (known !== undefined && world.random.fraction() > firstSightShare) {
    state.checked.pop();
    return known;
  }
  return nextWindowsFile(world, state) ?? known ?? state.residents.svchost.file;
}

function nextWindowsFile(world: World, state: DeviceState): RenderedFile | undefined {
  const { windowsStart, windowsRest } = world;
  const place = state.windowsChecked;
  const started = windowsStart[place];
  if (started !== undefined) {
    state.windowsChecked++;
    return started.file;
  }
  if (place >= windowsStart.length + windowsRest.length) return undefined;
  state.windowsChecked++;
  const item = windowsRest[(place + state.device.fact.index * 29) % windowsRest.length];
  if (item === undefined) return undefined;
  if (item.program === undefined) state.libraries.push(item.file);
  else state.waiting.push({ program: item.program, file: item.file, libraries: [], run: undefined });
  return item.file;
}
