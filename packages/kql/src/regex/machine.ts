import { holds } from "./look.ts";
import type { Instruction } from "./program.ts";

/** Begin and end of each group in UTF-16 units; -1 where a group took no part. */
export type Spans = readonly number[];

/** A way through the program that is still open: the place of an instruction, and the groups so far. */
interface Thread {
  readonly at: number;
  readonly slots: number[];
}

/** The first match at or after `start`, the ways being tried in the order in which the pattern names them. */
export function run(
  program: readonly Instruction[],
  slotCount: number,
  text: string,
  start: number,
): Spans | undefined {
  const seen = new Int32Array(program.length).fill(-1);
  let threads: Thread[] = [];
  let matched: number[] | undefined;
  for (let at = start; ; ) {
    const code = text.codePointAt(at);
    if (matched === undefined) follow(program, 0, new Array<number>(slotCount).fill(-1), text, at, threads, seen);
    if (threads.length === 0) {
      if (matched !== undefined || code === undefined) return matched;
    }
    const next = at + (code !== undefined && code > 0xffff ? 2 : 1);
    const open: Thread[] = [];
    for (const thread of threads) {
      const step = program[thread.at];
      if (step?.kind === "match") {
        matched = thread.slots;
        break;
      }
      if (step?.kind === "take" && code !== undefined && step.has(code))
        follow(program, thread.at + 1, thread.slots, text, next, open, seen);
    }
    if (code === undefined) return matched;
    threads = open;
    at = next;
  }
}

/** Adds the threads that can be reached from `place` without taking a character, in order of preference. */
function follow(
  program: readonly Instruction[],
  place: number,
  slots: number[],
  text: string,
  at: number,
  threads: Thread[],
  seen: Int32Array,
): void {
  const stack: { readonly place: number; readonly slots: number[] }[] = [{ place, slots }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (seen[top.place] === at) continue;
    seen[top.place] = at;
    const step = program[top.place];
    switch (step?.kind) {
      case "jump":
        stack.push({ place: step.to, slots: top.slots });
        break;
      case "split":
        stack.push({ place: step.second, slots: top.slots }, { place: step.first, slots: top.slots });
        break;
      case "save": {
        const saved = top.slots.slice();
        saved[step.slot] = at;
        stack.push({ place: top.place + 1, slots: saved });
        break;
      }
      case "look":
        if (holds(step.at, text, at)) stack.push({ place: top.place + 1, slots: top.slots });
        break;
      default:
        threads.push({ at: top.place, slots: top.slots });
    }
  }
}
