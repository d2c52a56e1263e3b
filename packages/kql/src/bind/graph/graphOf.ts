import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Graph, Rel } from "../../ir/rel.ts";
import type { Syntax } from "../../syntax/tree.ts";

/** The graph that `make-graph` gave. */
export function graphOf(node: Syntax, input: Rel): Graph {
  return (
    input.graph ??
    refuse("unsupported-syntax", node.span, {
      construct: "A graph operator over a table",
      reason: "put make-graph before it; stored graphs are not here",
    })
  );
}
