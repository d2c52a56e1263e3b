import type { Span } from "../diagnostics/span.ts";
import { noSymbols } from "../syntax/globals.ts";
import { parse } from "../syntax/parse.ts";
import type { Syntax } from "../syntax/tree.ts";

/** Where a query refers to a name, in order; not where it declares it, nor where it selects a member called so. */
export function nameReferences(text: string, name: string): readonly Span[] {
  const found: Span[] = [];
  visit(parse(text, noSymbols).root, (node) => {
    if (node.kind === "NameReference" && text.slice(node.span.start, node.span.end) === name) found.push(node.span);
  });
  return found.sort((a, b) => a.start - b.start);
}

function visit(node: Syntax, see: (node: Syntax) => void): void {
  see(node);
  for (const [place, inner] of Object.entries(node.fields))
    if (!(node.kind === "PathExpression" && place === "Selector")) visit(inner, see);
  for (const inner of node.items) visit(inner, see);
}
