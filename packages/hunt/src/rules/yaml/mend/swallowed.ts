import { type Reading, sayRepair } from "../../notes.ts";
import type { Edit } from "../../text/edits.ts";
import { ruleKeyAtMargin } from "../keys.ts";
import { leadingSpaces, type SourceLine, sourceLines } from "../sourceLines.ts";

/** Ends the query where the rule's `entityMappings:` were indented into its text. */
export function freeSwallowedKeys(reading: Reading): void {
  const query = sourceLines(reading.source.text).filter(({ block }) => block === "query");
  const from = query.findIndex(({ text }, at) => text.trim() === "entityMappings:" && beginsMappings(query, at + 1));
  if (from < 0) return;
  const tail = query.slice(from).filter(({ text }) => ruleKeyAtMargin(text.trimStart()) !== undefined);
  const [first] = tail;
  if (first === undefined) return;
  const keys = tail.map(({ text }) => ruleKeyAtMargin(text.trimStart()) ?? "");
  sayRepair(reading, "swallowed-keys", first.start + leadingSpaces(first.text), { keys }, tail.map(outdent));
}

function beginsMappings(query: readonly SourceLine[], at: number): boolean {
  return /^ *- *entityType:/.test(query[at]?.text ?? "");
}

function outdent({ text, start }: SourceLine): Edit {
  return { start, end: start + leadingSpaces(text), text: "" };
}
