import { type Span, span } from "../diagnostics/span.ts";
import type { ColumnSchema } from "../values/schema.ts";
import type { PlaceOf } from "./convert.ts";

/** Text put into a query before the official parser sees it. */
export interface Insertion {
  /** Where, in the text as it was written. */
  readonly at: number;
  readonly text: string;
}

/** The text with all insertions, and how its positions become those of the text as it was written. */
export function withInsertions(
  text: string,
  insertions: readonly Insertion[],
): { readonly text: string; readonly place: PlaceOf } {
  const sorted = [...insertions].sort((a, b) => a.at - b.at);
  let made = "";
  let from = 0;
  for (const { at, text: added } of sorted) {
    made += text.slice(from, at) + added;
    from = at;
  }
  const origin = (position: number): number => {
    let back = position;
    for (const { at, text: added } of sorted) {
      if (back <= at) return back;
      back = Math.max(at, back - added.length);
    }
    return back;
  };
  return { text: made + text.slice(from), place: (start, end): Span => span(origin(start), origin(end)) };
}

/** The schema clause of an `evaluate`: ` : (['a']:long, …)`. */
export function schemaClause(columns: readonly ColumnSchema[]): string {
  return ` : (${columns.map(({ name, type }) => `${quotedName(name)}:${type}`).join(", ")})`;
}

/** Names come from the data: whatever they hold, they stay one name. */
function quotedName(name: string): string {
  const escaped = [...name].map((letter) => escapes.get(letter) ?? escapeControl(letter)).join("");
  return `['${escaped}']`;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["'", "\\'"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escapeControl(letter: string): string {
  const code = letter.charCodeAt(0);
  const plain = code >= 0x20 && code !== 0x7f && code !== 0x85 && code !== 0x2028 && code !== 0x2029;
  return plain ? letter : `\\u${code.toString(16).padStart(4, "0")}`;
}
