import { type Membership, membership } from "./sets.ts";
import type { Look, RegexNode, RegexTree } from "./tree.ts";

/** An instruction; the next one follows unless it names another. */
export type Instruction =
  | { readonly kind: "take"; readonly has: Membership }
  | { readonly kind: "look"; readonly at: Look }
  | { readonly kind: "save"; readonly slot: number }
  /** Tries the first place before the second. */
  | { kind: "split"; first: number; second: number }
  | { kind: "jump"; to: number }
  | { readonly kind: "match" };

export const MAX_PROGRAM = 50_000;

/** Thrown inside this folder when a pattern needs more room than one may have. */
export class ProgramTooLarge extends Error {}

/** Instructions for a machine that tries all ways at once, in time that grows with the text alone. */
export function compileProgram(tree: RegexTree): readonly Instruction[] {
  const code: Instruction[] = [];
  emit({ kind: "group", index: 0, of: tree.root }, code);
  push(code, { kind: "match" });
  return code;
}

function push(code: Instruction[], instruction: Instruction): number {
  if (code.length >= MAX_PROGRAM) throw new ProgramTooLarge("the pattern is too large");
  code.push(instruction);
  return code.length - 1;
}

function emit(node: RegexNode, code: Instruction[]): void {
  switch (node.kind) {
    case "empty":
      return;
    case "character":
      push(code, { kind: "take", has: takes(node.code, node.fold) });
      return;
    case "class":
      push(code, { kind: "take", has: membership(node.set, node.fold) });
      return;
    case "look":
      push(code, { kind: "look", at: node.at });
      return;
    case "group":
      push(code, { kind: "save", slot: 2 * node.index });
      emit(node.of, code);
      push(code, { kind: "save", slot: 2 * node.index + 1 });
      return;
    case "sequence":
      for (const item of node.items) emit(item, code);
      return;
    case "choice":
      emitChoice(node.items, code);
      return;
    case "repeat":
      emitRepeat(node, code);
      return;
  }
}

function takes(wanted: number, fold: boolean): Membership {
  if (!fold) return (code) => code === wanted;
  return membership({ kind: "range", from: wanted, to: wanted }, true);
}

function emitChoice(items: readonly RegexNode[], code: Instruction[]): void {
  const ends: { kind: "jump"; to: number }[] = [];
  items.forEach((item, index) => {
    if (index === items.length - 1) {
      emit(item, code);
      return;
    }
    const split = { kind: "split" as const, first: code.length + 1, second: 0 };
    push(code, split);
    emit(item, code);
    const end = { kind: "jump" as const, to: 0 };
    push(code, end);
    ends.push(end);
    split.second = code.length;
  });
  for (const end of ends) end.to = code.length;
}

function emitRepeat(node: RegexNode & { readonly kind: "repeat" }, code: Instruction[]): void {
  const copies = node.max === undefined ? Math.max(0, node.min - 1) : node.min;
  for (let count = 0; count < copies; count++) emit(node.of, code);
  if (node.max !== undefined) emitUpTo(node.of, node.max - node.min, node.greedy, code);
  else if (node.min > 0) emitPlus(node.of, node.greedy, code);
  else if (!canBeEmpty(node.of)) emitLoop(node.of, node.greedy, code);
  else emitOptional(node.greedy, code, () => emitPlus(node.of, node.greedy, code));
}

/** `(x(x(x)?)?)?`, flat. */
function emitUpTo(of: RegexNode, count: number, greedy: boolean, code: Instruction[]): void {
  const splits: ((to: number) => void)[] = [];
  for (let index = 0; index < count; index++) {
    splits.push(openSplit(greedy, code));
    emit(of, code);
  }
  for (const close of splits) close(code.length);
}

/** One more, and again. */
function emitPlus(of: RegexNode, greedy: boolean, code: Instruction[]): void {
  const start = code.length;
  emit(of, code);
  const close = openSplit(greedy, code, start);
  close(code.length);
}

/** Any number more, of what is never empty. */
function emitLoop(of: RegexNode, greedy: boolean, code: Instruction[]): void {
  const start = code.length;
  const close = openSplit(greedy, code);
  emit(of, code);
  push(code, { kind: "jump", to: start });
  close(code.length);
}

function emitOptional(greedy: boolean, code: Instruction[], inside: () => void): void {
  const close = openSplit(greedy, code);
  inside();
  close(code.length);
}

/** A choice between going on at `inside` and leaving to a place that the returned function is told later. */
function openSplit(greedy: boolean, code: Instruction[], inside: number = code.length + 1): (to: number) => void {
  const split = { kind: "split" as const, first: inside, second: inside };
  push(code, split);
  return (to) => {
    if (greedy) split.second = to;
    else split.first = to;
  };
}

/** Whether a match may have no character. */
export function canBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case "character":
    case "class":
      return false;
    case "empty":
    case "look":
      return true;
    case "group":
      return canBeEmpty(node.of);
    case "sequence":
      return node.items.every(canBeEmpty);
    case "choice":
      return node.items.some(canBeEmpty);
    case "repeat":
      return node.min === 0 || canBeEmpty(node.of);
  }
}
