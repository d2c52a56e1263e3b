import { type Reading, sayRepair } from "../../notes.ts";
import { sourceLines } from "../sourceLines.ts";

/** Puts two spaces in place of each tab that indents YAML; tabs inside a query stay. */
export function expandTabs(reading: Reading): void {
  const tabbed = sourceLines(reading.source.text).flatMap(({ text, start, block }) => {
    const white = /^[ \t]*/.exec(text)?.[0] ?? "";
    if (block !== undefined || !white.includes("\t") || white.length === text.length) return [];
    return [{ start, end: start + white.length, text: white.replaceAll("\t", "  ") }];
  });
  const [first] = tabbed;
  if (first !== undefined) sayRepair(reading, "tab-indentation", first.start, { lines: tabbed.length }, tabbed);
}
