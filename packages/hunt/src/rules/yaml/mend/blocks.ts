import { keyAtMargin, ruleKeyAtMargin } from "../keys.ts";
import { blockHeader, leadingSpaces, type SourceLine } from "../sourceLines.ts";
import { depthAfter, outside } from "./kqlDepth.ts";

/** A block scalar at the left margin as its author meant it, whatever became of its indentation. */
export interface MeantBlock {
  readonly key: string;
  /** The margin that the header states, as `|2` does. */
  readonly margin?: number;
  readonly lines: readonly SourceLine[];
}

/** The block scalars under the keys at the left margin. */
export function meantBlocks(lines: readonly SourceLine[]): readonly MeantBlock[] {
  const found: MeantBlock[] = [];
  let queries = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    const opened = line === undefined || ruleKeyAtMargin(line.text) === undefined ? undefined : blockHeader(line.text);
    if (opened === undefined) continue;
    if (opened.key === "query") queries++;
    const end = blockEnd(lines, at + 1, { respectBrackets: opened.key === "query" && queries === 1 });
    found.push({ ...opened, lines: lines.slice(at + 1, end) });
    at = end - 1;
  }
  return found;
}

/** Whether a key inside brackets is part of the text; asked of one block only, since it may read to the end. */
interface FlatText {
  readonly respectBrackets: boolean;
}

function blockEnd(lines: readonly SourceLine[], from: number, as: FlatText): number {
  let at = from;
  while (lines[at]?.text.trim() === "") at++;
  const first = lines[at];
  if (first === undefined) return lines.length;
  if (leadingSpaces(first.text) > 0 || first.text.startsWith("\t")) return endOfIndented(lines, from);
  const end = endOfFlat(lines, from, as);
  const closed = end === lines.length ? endOfFlat(lines, from, { respectBrackets: false }) : end;
  return lines.slice(from, closed).every(isYaml) ? from : closed;
}

/** An empty block before a key that no rule has is YAML as it stands, not text that lost its margin. */
function isYaml({ text }: SourceLine): boolean {
  return keyAtMargin(text) !== undefined || /^(\s|#|$)/.test(text);
}

/** Text that lost its margin ends at the next key of a rule that is not inside the query's brackets. */
function endOfFlat(lines: readonly SourceLine[], from: number, { respectBrackets }: FlatText): number {
  let depth = outside;
  for (let at = from; at < lines.length; at++) {
    const text = lines[at]?.text ?? "";
    const free = !respectBrackets || (depth.brackets === 0 && !depth.fence);
    if (free && (ruleKeyAtMargin(text) !== undefined || isDocumentMark(text))) return at;
    if (respectBrackets) depth = depthAfter(depth, text);
  }
  return lines.length;
}

/** Text that has a margin ends at whatever looks like YAML at the left one; else it only lost a line's indentation. */
function endOfIndented(lines: readonly SourceLine[], from: number): number {
  for (let at = from; at < lines.length; at++) {
    const text = lines[at]?.text ?? "";
    if (keyAtMargin(text) !== undefined || isDocumentMark(text) || text.startsWith("#")) return at;
  }
  return lines.length;
}

function isDocumentMark(text: string): boolean {
  return /^(---|\.\.\.)(\s|$)/.test(text);
}
