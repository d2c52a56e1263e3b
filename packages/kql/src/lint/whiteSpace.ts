import { span } from "../diagnostics/span.ts";
import type { Syntax } from "../syntax/tree.ts";
import { walkSyntax } from "../syntax/tree.ts";
import type { QueryLint } from "./context.ts";
import { queryNote } from "./note.ts";

/** Spaces and tabs at the ends of lines, those inside of texts aside. */
export const whiteSpace: QueryLint = ({ root, text }) => {
  const texts = literals(root);
  const found = [...text.matchAll(/[ \t]+(?=\r?\n|$)/g)]
    .map((match) => span(match.index, match.index + match[0].length))
    .filter(({ start }) => start > 0 && !texts.some((item) => item.span.start < start && start < item.span.end));
  const [first] = found;
  if (first === undefined) return [];
  const fix = found.map((item) => ({ span: item, text: "" }));
  return [queryNote("trailing-space", first, { lines: found.length }, { fix })];
};

function literals(root: Syntax): readonly Syntax[] {
  return [...walkSyntax(root)].filter((node) => node.kind.endsWith("StringLiteralExpression"));
}
