import { type Syntax, walkSyntax } from "../syntax/tree.ts";
import { contains } from "./contains.ts";
import type { LintContext, QueryLint } from "./context.ts";
import { exclusionLogic } from "./exclusionLogic.ts";
import type { QueryNote } from "./note.ts";
import { obsoleteFunctions, renamedTables } from "./obsolete.ts";
import { searchesEverything } from "./reach.ts";
import { unboundedSorts } from "./sorts.ts";
import { whiteSpace } from "./whiteSpace.ts";

const lints: readonly QueryLint[] = [
  exclusionLogic,
  contains,
  obsoleteFunctions,
  renamedTables,
  searchesEverything,
  unboundedSorts,
  whiteSpace,
];

/** What is worth saying of a parsed and bound query, in the order of its text. */
export function lintSyntax(text: string, root: Syntax, renamed: ReadonlyMap<string, string>): readonly QueryNote[] {
  const context = { text, root, nodes: [...withParents(root)], renamed };
  return lints.flatMap((lint) => lint(context)).toSorted((a, b) => a.span.start - b.span.start);
}

function* withParents(root: Syntax): Generator<LintContext["nodes"][number]> {
  const parents = new Map<Syntax, Syntax>();
  for (const node of walkSyntax(root)) {
    yield { node, parent: parents.get(node) };
    for (const inner of [...Object.values(node.fields), ...node.items]) parents.set(inner, node);
  }
}
