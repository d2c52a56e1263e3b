import type { Edit } from "../rules/text/edits.ts";
import { applyEdits, unchanged } from "../rules/text/edits.ts";
import type { CheckedFile } from "./check.ts";

/** A file's text with all safe fixes applied, and how many problems they settle; undefined where there is none. */
export function fixed(file: CheckedFile): { readonly text: string; readonly settled: number } | undefined {
  const taken: Edit[] = [];
  let settled = 0;
  for (const { fix, silenced } of file.problems) {
    if (fix === undefined || silenced !== undefined) continue;
    if (fix.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    taken.push(...fix);
    settled++;
  }
  return settled === 0 ? undefined : { text: applyEdits(unchanged(file.text), taken).text, settled };
}

function overlaps(a: Edit, b: Edit): boolean {
  return a.start < b.end && b.start < a.end;
}
