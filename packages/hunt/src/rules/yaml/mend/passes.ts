import { type Notes, notesOn, type Reading } from "../../notes.ts";
import { applyEdits, type MappedText } from "../../text/edits.ts";
import { keyAtMargin, nestedKeys } from "../keys.ts";
import { parseYaml, type YamlDocuments } from "../parse.ts";
import { sourceLines } from "../sourceLines.ts";
import { dropControls, feedLines } from "./characters.ts";
import { indentPastTheDash } from "./dashColumn.ts";
import { quotePlaceholders } from "./placeholders.ts";
import { reindentBlocks } from "./reindentBlocks.ts";
import { reindentNested } from "./reindentNested.ts";
import { freeSwallowedKeys } from "./swallowed.ts";
import { expandTabs } from "./tabs.ts";

type Pass = (reading: Reading) => void;

/** Each pass may rely on what those before it made of the text; YAML that can be read is never indented anew. */
const indentation: readonly Pass[] = [reindentBlocks, reindentNested, expandTabs, indentPastTheDash];
const before: readonly Pass[] = [feedLines, quotePlaceholders];
const after: readonly Pass[] = [dropControls, freeSwallowedKeys];

/** The text with its layout repaired, and its documents when they were read on the way. */
export interface LaidOut {
  readonly source: MappedText;
  readonly documents?: YamlDocuments;
}

/** Repairs the layout of a rule's YAML, so that a YAML reader takes it. */
export function mendLayout(source: MappedText, notes: Notes): LaidOut {
  const first = run(before, source, notes);
  const tried: Reading = { notes: notesOn(notes.path, ""), source: first, edits: [] };
  const documents = parseYaml(tried);
  const sound = tried.notes.problems.length === 0 && !hasFallenKeys(first.text);
  const last = run(sound ? after : [...indentation, ...after], first, notes);
  return last === first && sound ? { source: last, documents } : { source: last };
}

function run(passes: readonly Pass[], source: MappedText, notes: Notes): MappedText {
  return passes.reduce((text, pass) => {
    const reading: Reading = { notes, source: text, edits: [] };
    pass(reading);
    return applyEdits(text, reading.edits);
  }, source);
}

/** Lists that lost their indentation can be sound YAML that says something else. */
function hasFallenKeys(text: string): boolean {
  return sourceLines(text).some((line) => line.block === undefined && nestedKeys.has(keyAtMargin(line.text) ?? ""));
}
