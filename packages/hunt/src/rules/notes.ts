import type { Position } from "@goshawk/kql";
import { type RuleProblem, type RuleProblemCode, type RuleProblemFacts, ruleProblem, severityOf } from "./problem.ts";
import { type Repair, type RepairCode, type RepairFacts, repair } from "./repair.ts";
import type { Edit, MappedText } from "./text/edits.ts";
import { lineStartsOf, placeIn } from "./text/lines.ts";

/** What is said of one file while it is read; every offset is one of the file's own text. */
export interface Notes {
  readonly path: string;
  readonly lineStarts: readonly number[];
  readonly repairs: Repair[];
  readonly problems: RuleProblem[];
  /** How many more there were than a file may list. */
  unlisted: number;
  failed: boolean;
}

const listed = 200;

export function notesOn(path: string, text: string): Notes {
  return { path, lineStarts: lineStartsOf(text), repairs: [], problems: [], unlisted: 0, failed: false };
}

export function noteRepair<C extends RepairCode>(notes: Notes, code: C, offset: number, facts: RepairFacts[C]): void {
  if (notes.repairs.length >= listed) notes.unlisted++;
  else notes.repairs.push(repair(code, placeIn(notes.lineStarts, offset), facts));
}

export function noteProblem<C extends RuleProblemCode>(
  notes: Notes,
  code: C,
  offset: number,
  facts: RuleProblemFacts[C],
): void {
  if (severityOf(code) === "error") notes.failed = true;
  if (notes.problems.length >= listed) notes.unlisted++;
  else notes.problems.push(ruleProblem(code, notes.path, placeIn(notes.lineStarts, offset), facts));
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
  edits: readonly Edit[],
): void {
  noteRepair(reading.notes, code, reading.source.toFile(offset), facts);
  for (const edit of edits) reading.edits.push(edit);
}

export function sayProblem<C extends RuleProblemCode>(
  reading: Reading,
  code: C,
  offset: number,
  facts: RuleProblemFacts[C],
): void {
  noteProblem(reading.notes, code, reading.source.toFile(offset), facts);
}
