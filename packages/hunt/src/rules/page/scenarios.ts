import { type Notes, noteProblem } from "../notes.ts";
import type { ScenarioDraft } from "../rule.ts";
import { placeIn } from "../text/lines.ts";

interface OpenScenario {
  readonly text: string;
  readonly offset: number;
}

const scenario = /^[#>*_\s-]*Scenario[*_\s]*:[*_\s]*(.+)$/i;
const expression = /^([#>*_\s-]*Filter\s*\/\s*Exclusion[*_\s]*:[*_\s`]*)([^\s`].*?)`?$/i;

/** Reads `Scenario:` lines and the `Filter/Exclusion:` line that follows each. */
export function scenarioDrafts(text: string, offset: number, notes: Notes): readonly ScenarioDraft[] {
  const drafts: ScenarioDraft[] = [];
  let open: OpenScenario | undefined;
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const at = offset + line.index;
    const [, named] = scenario.exec(line[0].trimEnd()) ?? [];
    const [, before = "", stated] = expression.exec(line[0].trimEnd()) ?? [];
    if (named !== undefined) {
      leave(open, notes);
      open = { text: named.trim(), offset: at };
    } else if (stated !== undefined) {
      if (open === undefined) noteProblem(notes, "expression-without-scenario", at, { expression: stated });
      const place = placeIn(notes.lineStarts, at + before.length);
      drafts.push({ scenario: open?.text ?? "", expression: stated, ...place });
      open = undefined;
    } else if (line[0].trim() !== "")
      noteProblem(notes, "text-not-understood", at, { text: line[0].trim().slice(0, 80) });
  }
  leave(open, notes);
  return drafts;
}

function leave(open: OpenScenario | undefined, notes: Notes): void {
  if (open !== undefined) noteProblem(notes, "scenario-without-expression", open.offset, { scenario: open.text });
}
