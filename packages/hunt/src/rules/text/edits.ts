import { lastAtOrBefore } from "./lines.ts";

/** Puts `text` in the place of `[start, end)`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text made from a file's text, with the way back. */
export interface MappedText {
  readonly text: string;
  readonly toFile: (offset: number) => number;
}

/** A text that is the file's own. */
export function unchanged(text: string): MappedText {
  return { text, toFile: (offset) => offset };
}

/** Applies edits given in any order; of two that overlap the later one is left out. */
export function applyEdits(source: MappedText, edits: readonly Edit[]): MappedText {
  if (edits.length === 0) return source;
  const applied: { readonly at: number; readonly edit: Edit }[] = [];
  let text = "";
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < done) continue;
    text += source.text.slice(done, edit.start);
    applied.push({ at: text.length, edit });
    text += edit.text;
    done = edit.end;
  }
  text += source.text.slice(done);
  return { text, toFile: (offset) => source.toFile(before(applied, offset)) };
}

function before(applied: readonly { readonly at: number; readonly edit: Edit }[], offset: number): number {
  const last = applied[lastAtOrBefore(applied, offset, ({ at }) => at)];
  if (last === undefined || last.at > offset) return offset;
  const { at, edit } = last;
  const inside = offset - at;
  if (inside >= edit.text.length) return edit.end + inside - edit.text.length;
  return Math.min(edit.start + inside, edit.end);
}
