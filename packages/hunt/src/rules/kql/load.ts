import { stemOf } from "../identity.ts";
import { type Notes, noteProblem } from "../notes.ts";
import type { Rule } from "../rule.ts";
import { unchanged } from "../text/edits.ts";
import { originOf, wholeText } from "../text/origin.ts";
import { hasCode } from "./looksLikeKql.ts";
import { queryRule } from "./queryRule.ts";

/** A file that is one query, described by the comments at its top. */
export function loadKql(text: string, identity: string, notes: Notes): readonly Rule[] {
  if (!hasCode(text)) {
    noteProblem(notes, "empty-query", 0, {});
    return [];
  }
  const queryOrigin = originOf(wholeText(text, 0), unchanged(text), notes.lineStarts);
  const { path } = notes;
  const description = openingComment(text);
  return [queryRule({ name: stemOf(path), description, query: text, queryOrigin, path, identity, part: 1 })];
}

function openingComment(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  const end = lines.findIndex((line) => !line.trim().startsWith("//") && line.trim() !== "");
  const comment = lines.slice(0, Math.max(end, 0)).map((line) => line.trim().replace(/^\/+ ?/, ""));
  return comment.join("\n").trim();
}
