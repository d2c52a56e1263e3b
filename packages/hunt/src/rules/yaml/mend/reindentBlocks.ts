import { type Reading, sayRepair } from "../../notes.ts";
import type { Edit } from "../../text/edits.ts";
import { leadingSpaces, plainLines, type SourceLine } from "../sourceLines.ts";
import { type MeantBlock, meantBlocks } from "./blocks.ts";

/** Gives the text under `key: |` a margin again, where it lost it wholly or in some lines. */
export function reindentBlocks(reading: Reading): void {
  for (const block of meantBlocks(plainLines(reading.source.text))) {
    const first = block.lines.find(({ text }) => text.trim() !== "");
    if (first === undefined) continue;
    const spaces = leadingSpaces(first.text);
    if (first.text.startsWith("\t")) tabsToMargin(reading, block, first);
    else if (spaces === 0) marginForAll(reading, block, first);
    else marginForSome(reading, block, block.margin ?? spaces);
  }
}

function tabsToMargin(reading: Reading, { lines, margin = 2 }: MeantBlock, first: SourceLine): void {
  const written = lines.filter(({ text }) => text !== "");
  const edits = written.map(({ text, start }) => ({
    start,
    end: start + (text.startsWith("\t") ? 1 : 0),
    text: " ".repeat(margin),
  }));
  sayRepair(reading, "tab-indentation", first.start, { lines: edits.length }, edits);
}

function marginForAll(reading: Reading, { key, lines, margin = 2 }: MeantBlock, first: SourceLine): void {
  const edits = lines.filter(({ text, start }) => text !== "" && start >= first.start).map(indentBy(margin));
  sayRepair(reading, "lost-indentation", first.start, { key, lines: edits.length }, edits);
}

function marginForSome(reading: Reading, { key, lines }: MeantBlock, margin: number): void {
  const low = lines.filter(({ text }) => text.trim() !== "" && leadingSpaces(text) < margin);
  const edit = (line: SourceLine) => indentBy(margin - leadingSpaces(line.text))(line);
  const tabbed = low.filter(({ text }) => text.startsWith("\t"));
  const spaced = low.filter(({ text }) => !text.startsWith("\t"));
  const [firstTab] = tabbed;
  const [firstSpace] = spaced;
  if (firstTab !== undefined) {
    sayRepair(reading, "tab-indentation", firstTab.start, { lines: tabbed.length }, tabbed.map(edit));
  }
  if (firstSpace !== undefined) {
    sayRepair(reading, "outdented-lines", firstSpace.start, { key, lines: spaced.length }, spaced.map(edit));
  }
}

function indentBy(spaces: number): (line: SourceLine) => Edit {
  return ({ start }) => ({ start, end: start, text: " ".repeat(spaces) });
}
