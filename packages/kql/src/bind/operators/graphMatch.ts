import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Rel } from "../../ir/rel.ts";
import { child, optional, type Syntax } from "../../syntax/tree.ts";
import { graphOf } from "../graph/graphOf.ts";
import { matchRows } from "../graph/match.ts";
import { conditionsOf, patternScope } from "../graph/names.ts";
import type { Pattern } from "../graph/parts.ts";
import type { Cycles } from "../graph/paths.ts";
import { patternOf } from "../graph/pattern.ts";
import { shownRows, shownValues } from "../graph/shown.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { namedParameter } from "../parameters.ts";

/** Joins along the pattern; an edge of variable length is a recursion. */
export const graphMatch: TabularOperator = tabularOperator({
  keyword: "graph-match",
  kinds: ["GraphMatchOperator"],
  overGraph: true,
  approximate: "refused: a node or an edge as a whole, and cycles=none over several sequences or repeated nodes",
  bind: (node, input, env, context): Rel => {
    const graph = graphOf(node, input);
    const pattern = patternOf(node, graph, context);
    const cycles = cyclesOf(node, pattern);
    const scope = patternScope(pattern, env, context);
    const clause = optional(node, "WhereClause");
    const conditions = clause === undefined ? [] : conditionsOf(child(clause, "Condition"), pattern, scope);
    const values = shownValues(node, scope);
    const rows = matchRows(pattern, conditions, node, { graph, cycles, onePerPair: false, context });
    return shownRows(node, rows, values, context);
  },
});

function cyclesOf(node: Syntax, pattern: Pattern): Cycles {
  const name = namedParameter(node, "cycles") ?? "unique_edges";
  if (name !== "all" && name !== "unique_edges" && name !== "none")
    return refuse("unsupported-argument", node.span, {
      name: "graph-match",
      argument: `cycles=${name}`,
      reason: "it is one of all, unique_edges and none",
    });
  const standing = pattern.links.some(({ edge }) => edge.kind === "path" && edge.min === 0);
  if (name === "none" && (pattern.sequences > 1 || pattern.places > pattern.nodes.length || standing))
    return refuse("unsupported-argument", node.span, {
      name: "graph-match",
      argument: "cycles=none",
      reason: "what counts as a cycle is documented for one sequence of different nodes and edges alone",
    });
  return name;
}
