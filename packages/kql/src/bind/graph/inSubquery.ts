import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Rel } from "../../ir/rel.ts";
import { inputsOf } from "../../ir/walk.ts";
import type { Syntax } from "../../syntax/tree.ts";

/** Refuses a graph that is made anew for each row or partition around it. */
export function withoutGraph(query: Rel, node: Syntax): void {
  const seen = new Set<Rel>();
  const visit = (rel: Rel): void => {
    if (seen.has(rel)) return;
    seen.add(rel);
    if (rel.columns.some((column) => column.name === "$edge"))
      refuse("unsupported-syntax", node.span, {
        construct: "A graph inside of a subquery for each partition or row",
        reason: "make-graph … partitioned-by makes one for each value of a column",
      });
    inputsOf(rel).forEach(visit);
  };
  visit(query);
}
