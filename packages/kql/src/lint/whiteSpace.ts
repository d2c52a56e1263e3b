import { span } from "../diagnostics/span.ts";
import type { Syntax } from "../syntax/tree.ts";
import { walkSyntax } from "../syntax/tree.ts";
import type { QueryLint } from "./context.ts";
import { queryNote } from "./note.ts";

/** Spaces and tabs at the ends of lines, those inside of texts aside. */
export const whiteSpace: QueryLint = ({ root, text }) => {
  const texts = literals(root);
  let next = 0;
  // Without the look behind, a long run of blanks inside of a line would be tried from each of them.
  const found = [...text.matchAll(/(?<![ \t])[ \t]+(?=\r?\n|$)/g)]
    .map((match) => span(match.index, match.index + match[0].length))
    .filter(({ start }) => {
      while (next < texts.length && (texts[next]?.span.end ?? start) <= start) next++;
      return start > 0 && !((texts[next]?.span.start ?? start) < start);
    });
  const [first] = found;
  if (first === undefined) return [];
  const fix = found.map((item) => ({ span: item, text: "" }));
  return [queryNote("trailing-space", first, { lines: found.length }, { fix })];
};

function literals(root: Syntax): readonly Syntax[] {
  return [...walkSyntax(root)]
    .filter((node) => node.kind.endsWith("StringLiteralExpression"))
    .toSorted((a, b) => a.span.start - b.span.start);
}
