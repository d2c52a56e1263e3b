import { type Reading, sayRepair } from "../../notes.ts";
import { codePointName, forbidden } from "../../text/controls.ts";
import { lastAtOrBefore } from "../../text/lines.ts";
import { leadingSpaces, plainLines, type SourceLine } from "../sourceLines.ts";

/** Reads every line end as a line feed. */
export function feedLines(reading: Reading): void {
  const { text } = reading.source;
  const ends = [...text.matchAll(text.includes("\n") ? /\r\n/g : /\r/g)];
  const [first] = ends;
  if (first === undefined) return;
  const edits = ends.map((end) => ({ start: end.index, end: end.index + end[0].length, text: "\n" }));
  sayRepair(reading, "line-ends", first.index, { count: ends.length }, edits);
}

/** Leaves out the characters that YAML forbids, but for those of the query, which is not ours to change. */
export function dropControls(reading: Reading): void {
  const found = [...reading.source.text.matchAll(forbidden)];
  if (found.length === 0) return;
  const lines = plainLines(reading.source.text);
  const query = queryLines(lines);
  for (const { 0: character, index } of found) {
    const line = lines[lastAtOrBefore(lines, index, ({ start }) => start)];
    if (line === undefined || query.has(line)) continue;
    const edit = { start: index, end: index + character.length, text: "" };
    sayRepair(reading, "control-character", index, { code: codePointName(character) }, [edit]);
  }
}

/** The lines from `query:` to the next one that is not indented below it. */
function queryLines(lines: readonly SourceLine[]): ReadonlySet<SourceLine> {
  const inside = new Set<SourceLine>();
  let indent: number | undefined;
  for (const line of lines) {
    const opens = /^ *query:/.test(line.text);
    if (opens) indent = leadingSpaces(line.text);
    else if (indent !== undefined && line.text.trim() !== "" && leadingSpaces(line.text) <= indent) indent = undefined;
    if (indent !== undefined) inside.add(line);
  }
  return inside;
}
