import type { Position, Span } from "@goshawk/kql";
import type { Rule } from "../rules/rule.ts";
import type { Edit } from "../rules/text/edits.ts";
import { lineStartsOf, placeIn } from "../rules/text/lines.ts";
import { positionIn } from "../rules/text/origin.ts";

/** The text of a rule file, as its positions count. */
export interface FileText {
  readonly path: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

export function fileText(path: string, text: string): FileText {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  return { path, text: body, lineStarts: lineStartsOf(body) };
}

export interface Stretch {
  readonly start: Position;
  readonly end: Position;
}

/** A stretch of a rule's query in its file. */
export function stretchOf(rule: Rule, { start, end }: Span): Stretch {
  const from = positionIn(rule.queryOrigin, start);
  const last = positionIn(rule.queryOrigin, Math.max(start, end - 1));
  const to = { line: last.line, column: last.column + (end > start ? 1 : 0) };
  return { start: from, end: to };
}

/** Edits of the query as edits of the file; none where the file writes that stretch in another way (escapes, folding). */
export function fileEdits(
  rule: Rule,
  edits: readonly { readonly span: Span; readonly text: string }[],
  file: FileText,
): readonly Edit[] | undefined {
  const found = edits.map(({ span, text }): Edit | undefined => {
    const before = Math.max(0, span.start - (span.end > span.start ? 0 : 1));
    const at = offsetOf(positionIn(rule.queryOrigin, before), file) + (span.start - before);
    const length = span.end - span.start;
    const written = file.text.slice(at - (span.start - before), at + length);
    const wanted = rule.query.slice(before, span.end);
    return written === wanted ? { start: at, end: at + length, text } : undefined;
  });
  const whole = found.flatMap((edit) => edit ?? []);
  return whole.length === edits.length ? whole : undefined;
}

export function offsetOf({ line, column }: Position, { lineStarts, text }: FileText): number {
  return Math.min((lineStarts[line - 1] ?? text.length) + column - 1, text.length);
}

export function positionOf(offset: number, { lineStarts }: FileText): Position {
  return placeIn(lineStarts, offset);
}

/** A word of a file: its offsets, and its places. */
export interface Word extends Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where a value's own stretch writes a word as all of it, or as one of several between commas. */
export function wordIn(word: string, stretch: Stretch | undefined, file: FileText): Word | undefined {
  if (stretch === undefined || word === "") return undefined;
  const start = offsetOf(stretch.start, file);
  const escaped = word.replaceAll(/[^\w ]/g, String.raw`\$&`);
  const pattern = new RegExp(`(?<=(?:^|["',])\\s*)${escaped}(?=\\s*(?:["',]|$))`, "i");
  const found = pattern.exec(file.text.slice(start, offsetOf(stretch.end, file)));
  return found === null ? undefined : wordAt(start + found.index, found[0].length, file);
}

/** Where a word stands, whole, at or after a place. Only to point at: it may be another's. */
export function wordAfter(word: string, from: Position | undefined, file: FileText): Word | undefined {
  if (from === undefined || word === "") return undefined;
  const pattern = new RegExp(`(?<![\\w.])${word.replaceAll(/[^\w ]/g, String.raw`\$&`)}(?![\\w.])`, "gi");
  pattern.lastIndex = offsetOf(from, file);
  const found = pattern.exec(file.text);
  if (found === null) return undefined;
  return wordAt(found.index, found[0].length, file);
}

function wordAt(from: number, length: number, file: FileText): Word {
  const to = from + length;
  return { from, to, start: positionOf(from, file), end: positionOf(to, file) };
}
