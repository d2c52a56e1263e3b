import type { Position } from "@goshawk/kql";
import { type RuleProblem, type RuleProblemCode, type RuleProblemFacts, ruleProblem } from "./problem.ts";
import { type Repair, type RepairCode, type RepairFacts, repair } from "./repair.ts";
import type { Edit, MappedText } from "./text/edits.ts";
import { lineStartsOf, placeIn } from "./text/lines.ts";

/** What is said of one file while it is read; every offset is one of the file's own text. */
export interface Notes {
  readonly path: string;
  readonly lineStarts: readonly number[];
  readonly repairs: Repair[];
  readonly problems: RuleProblem[];
}

export function notesOn(path: string, text: string): Notes {
  return { path, lineStarts: lineStartsOf(text), repairs: [], problems: [] };
}

export function noteRepair<C extends RepairCode>(notes: Notes, code: C, offset: number, facts: RepairFacts[C]): void {
  notes.repairs.push(repair(code, placeIn(notes.lineStarts, offset), facts));
}

export function noteProblem<C extends RuleProblemCode>(
  notes: Notes,
  code: C,
  offset: number,
  facts: RuleProblemFacts[C],
): void {
  notes.problems.push(ruleProblem(code, notes.path, placeIn(notes.lineStarts, offset), facts));
}

/** Notes taken while reading a text made from the file's, with the edits that would set it right. */
export interface Reading {
  readonly notes: Notes;
  readonly source: MappedText;
  readonly edits: Edit[];
}

export function placeOf(reading: Reading, offset: number): Position {
  return placeIn(reading.notes.lineStarts, reading.source.toFile(offset));
}

export function sayRepair<C extends RepairCode>(
  reading: Reading,
  code: C,
  offset: number,
  facts: RepairFacts[C],
  ...edits: readonly Edit[]
): void {
  noteRepair(reading.notes, code, reading.source.toFile(offset), facts);
  reading.edits.push(...edits);
}

export function sayProblem<C extends RuleProblemCode>(
  reading: Reading,
  code: C,
  offset: number,
  facts: RuleProblemFacts[C],
): void {
  noteProblem(reading.notes, code, reading.source.toFile(offset), facts);
}

export function hasErrors(notes: Notes): boolean {
  return notes.problems.some(({ severity }) => severity === "error");
}
