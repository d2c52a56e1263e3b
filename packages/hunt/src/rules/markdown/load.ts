import { stemOf } from "../identity.ts";
import { hasCode, looksLikeKql } from "../kql/looksLikeKql.ts";
import { queryRule } from "../kql/queryRule.ts";
import { type Notes, noteProblem } from "../notes.ts";
import type { Rule } from "../rule.ts";
import { unchanged } from "../text/edits.ts";
import { originOf, type Stretch } from "../text/origin.ts";
import { type CodeBlock, codeBlocks } from "./blocks.ts";

const kqlLanguages = new Set(["kql", "kusto", "csl"]);
/** Hunters tag KQL with what colours it best, or not at all. */
const perhapsKql = new Set(["", "c#", "csharp", "sql", "text", "txt"]);

/** The KQL blocks of a Markdown text: one rule each, named for the headings above it. */
export function loadMarkdown(text: string, identity: string, notes: Notes): readonly Rule[] {
  const blocks = codeBlocks(text).filter(holdsKql);
  if (blocks.length === 0) noteProblem(notes, "no-rule", 0, { expected: "a code block marked kql or kusto" });
  for (const { closed, start } of blocks) if (!closed) noteProblem(notes, "unclosed-fence", start, {});
  const names = uniqueNames(blocks.map((block) => nameOf(block, notes.path)));
  const { path } = notes;
  return blocks.map((block, index) =>
    queryRule({
      name: names[index] ?? "",
      description: "",
      ...readBlock(block, text, notes),
      path,
      identity,
      part: index + 1,
    }),
  );
}

function holdsKql({ language, lines }: CodeBlock): boolean {
  const text = textOf(lines);
  if (kqlLanguages.has(language)) return hasCode(text);
  return perhapsKql.has(language) && looksLikeKql(text);
}

function nameOf({ headings }: CodeBlock, path: string): string {
  const title = headings[0] ?? stemOf(path);
  const nearest = headings.at(-1) ?? title;
  return title === nearest ? title : `${title} - ${nearest}`;
}

function uniqueNames(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function readBlock({ lines }: CodeBlock, text: string, notes: Notes): Pick<Rule, "query" | "queryOrigin"> {
  let at = 0;
  const stretches = lines.map((line): Stretch => {
    const stretch = { at, offset: line.offset };
    at += line.text.length;
    return stretch;
  });
  return { query: textOf(lines), queryOrigin: originOf(stretches, unchanged(text), notes.lineStarts) };
}

function textOf(lines: CodeBlock["lines"]): string {
  return lines
    .map(({ text }) => text)
    .join("")
    .replace(/(\r\n|\n|\r)$/, "");
}
