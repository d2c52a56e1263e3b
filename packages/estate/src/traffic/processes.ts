import { pick } from "../random.ts";
import type { RenderedProcess } from "../write/rendered.ts";
import type { Emitter } from "./emitter.ts";
import type { DeviceState } from "./state.ts";
import { startProgram, type World } from "./world.ts";

/** A program starts: one that waits for its first start, else any. */
export function createProcess(world: World, emitter: Emitter, state: DeviceState, tick: number): void {
  const waiting = state.waiting.shift();
  const slot = waiting ?? earlier(world, state.running);
  const { run, by } = startProgram(world, state, slot, tick);
  if (waiting !== undefined) state.running.push(waiting);
  emitter.emit("DeviceProcessEvents", state, tick, (row) => emitter.writers.process(row, run, by));
}

/** A process loads a library: its own, or one of Windows. */
export function loadImage(world: World, emitter: Emitter, state: DeviceState, tick: number): void {
  const slot = world.random.fraction() < 0.7 ? earlier(world, state.running) : undefined;
  const own = slot !== undefined && slot.libraries.length > 0 && world.random.fraction() < 0.4;
  const file = pick(world.random, own ? slot.libraries : state.libraries);
  const by = slot?.run ?? residentProcess(world, state);
  emitter.emit("DeviceImageLoadEvents", state, tick, (row) => emitter.writers.imageLoad(row, file, by));
}

/** Some process that runs at the moment. */
export function activeProcess(world: World, state: DeviceState): RenderedProcess {
  const slot = world.random.fraction() < 0.7 ? earlier(world, state.running) : undefined;
  return slot?.run ?? residentProcess(world, state);
}

export function residentProcess(world: World, state: DeviceState): RenderedProcess {
  return pick(world.random, state.residentList);
}

/** One of a list, the earlier ones more often. */
export function earlier<T>(world: World, items: readonly T[]): T {
  const item = items[Math.floor(world.random.fraction() ** 2 * items.length)];
  if (item === undefined) throw new RangeError("nothing to choose from");
  return item;
}
