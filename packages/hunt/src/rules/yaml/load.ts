import { type Notes, type Reading, sayProblem } from "../notes.ts";
import type { Rule } from "../rule.ts";
import { applyEdits, type MappedText } from "../text/edits.ts";
import { mendLayout } from "./mend/passes.ts";
import { isNull } from "./node.ts";
import { parseYaml } from "./parse.ts";
import { readDocument } from "./read.ts";
import { ruleOf } from "./rule.ts";

/** The rules of a YAML text, and the text with all repairs applied. */
export interface YamlRules {
  readonly rules: readonly Rule[];
  readonly mended: string;
}

/** Reads each document of a YAML text as a rule, after mending its layout. */
export function loadYaml(source: MappedText, identity: string, notes: Notes): YamlRules {
  const laidOut = mendLayout(source, notes);
  const reading: Reading = { notes, source: laidOut.source, edits: [] };
  const nodes = (laidOut.documents ?? parseYaml(reading))
    .map((document) => readDocument(document, reading))
    .filter((node) => !isNull(node));
  if (nodes.length === 0 && !notes.failed) sayProblem(reading, "empty-file", 0, {});
  const rules = notes.failed
    ? []
    : nodes.flatMap((node, index) => {
        const known = { path: identity, part: index + 1 };
        return ruleOf(node, known, notes.path, reading) ?? [];
      });
  return { rules, mended: applyEdits(laidOut.source, reading.edits).text };
}
