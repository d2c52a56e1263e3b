import { type Reading, sayRepair } from "../../notes.ts";
import type { Edit } from "../../text/edits.ts";
import { nestedKeys } from "../keys.ts";
import { leadingSpaces, type SourceLine, sourceLines } from "../sourceLines.ts";

/** Indents a key that stands at the column of its list's dash, as `dataTypes:` below `- connectorId:` often does. */
export function indentPastTheDash(reading: Reading): void {
  const lines = sourceLines(reading.source.text);
  const dashes: number[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.block !== undefined || line.text.trim() === "") continue;
    const spaces = leadingSpaces(line.text);
    while ((dashes.at(-1) ?? -1) > spaces) dashes.pop();
    if (!/^ +- *[A-Za-z_][\w-]*:/.test(line.text)) {
      if (dashes.at(-1) === spaces) indentKey(reading, lines, at, line);
    } else if (dashes.at(-1) !== spaces) dashes.push(spaces);
  }
}

function indentKey(reading: Reading, lines: readonly SourceLine[], at: number, line: SourceLine): void {
  const key = /^ *([A-Za-z]+):/.exec(line.text)?.[1];
  if (key === undefined || !nestedKeys.has(key)) return;
  const spaces = leadingSpaces(line.text);
  const own = itemsBelow(lines, at + 1, spaces);
  const edits = [line, ...own].map(({ start }): Edit => ({ start, end: start, text: "  " }));
  sayRepair(reading, "column-of-the-dash", line.start + spaces, { key, lines: edits.length }, edits);
}

/** The plain items at the same column: they belong to the key, not to the list around it. */
function itemsBelow(lines: readonly SourceLine[], from: number, spaces: number): readonly SourceLine[] {
  let end = from;
  while (isPlainItem(lines[end], spaces)) end++;
  return lines.slice(from, end);
}

function isPlainItem(line: SourceLine | undefined, spaces: number): boolean {
  if (line === undefined || leadingSpaces(line.text) !== spaces) return false;
  return /^ *- *(?![A-Za-z_][\w-]*:)\S/.test(line.text);
}
