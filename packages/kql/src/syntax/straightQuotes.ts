import { syntaxError } from "./parse.ts";

const curved = /[“”„‟‘’‚‛]/;
const DOUBLE = "“”„‟";
const SINGLE = "‘’‚‛";
const MOST_PAIRS = 200;

/**
 * The text with straight quotation marks where a word processor put curved ones around a string; those in strings and
 * comments stay. Every place of the text stays where it is. Undefined where there are none, or more is wrong.
 */
export function withStraightQuotes(text: string): string | undefined {
  if (!curved.test(text)) return undefined;
  let mended = text;
  for (let pair = 0; pair < MOST_PAIRS; pair++) {
    const fault = syntaxError(mended);
    if (fault === undefined) return mended === text ? undefined : mended;
    const [open, close] = stringAt(mended, fault.span.start);
    if (open === undefined || close === undefined) return undefined;
    const mark = DOUBLE.includes(mended[open] ?? "") ? '"' : "'";
    if (mended.slice(open, close).includes(mark)) return undefined;
    mended = `${mended.slice(0, open)}${mark}${mended.slice(open + 1, close)}${mark}${mended.slice(close + 1)}`;
  }
  return undefined;
}

/** Where curved marks open and close a string, the first of them where the grammar stumbles. */
function stringAt(text: string, from: number): readonly [number?, number?] {
  const [lead = ""] = /^\s*/.exec(text.slice(from)) ?? [];
  const open = from + lead.length;
  const kind = [DOUBLE, SINGLE].find((marks) => marks.includes(text[open] ?? " "));
  if (kind === undefined) return [];
  for (let at = open + 1; at < text.length && text[at] !== "\n"; at++)
    if (kind.includes(text[at] ?? "")) return [open, at];
  return [open];
}
