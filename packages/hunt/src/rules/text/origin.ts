import type { Position } from "@goshawk/kql";
import type { MappedText } from "./edits.ts";
import { lastAtOrBefore, lineStartsOf, placeIn } from "./lines.ts";

/** A stretch of text that stands on one line of its file, from `line` and `column` on. */
export interface OriginRun {
  readonly at: number;
  readonly line: number;
  readonly column: number;
}

/** Where every character of a text stands in its file: runs in ascending order, the first at 0. */
export type TextOrigin = readonly OriginRun[];

/** One-based line and column, in the file, of an offset in the text that the origin belongs to. */
export function positionIn(origin: TextOrigin, offset: number): Position {
  const run = origin[lastAtOrBefore(origin, offset, ({ at }) => at)];
  if (run === undefined) return { line: 1, column: 1 };
  return { line: run.line, column: run.column + Math.max(0, offset - run.at) };
}

/** A stretch of text and the offset, in the text it was taken from, where it begins. */
export interface Stretch {
  readonly at: number;
  readonly offset: number;
}

/** Turns stretches, none of which crosses a line end, into an origin. */
export function originOf(stretches: readonly Stretch[], source: MappedText, lineStarts: readonly number[]): TextOrigin {
  return stretches.map(({ at, offset }) => ({ at, ...placeIn(lineStarts, source.toFile(offset)) }));
}

/** The stretches of a text taken whole from `offset` on: one a line. */
export function wholeText(text: string, offset: number): readonly Stretch[] {
  return lineStartsOf(text).map((at) => ({ at, offset: offset + at }));
}
