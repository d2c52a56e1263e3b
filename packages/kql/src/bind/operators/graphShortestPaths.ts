import { refuse } from "../../diagnostics/diagnostic.ts";
import { aggregate } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import { child, optional, type Syntax } from "../../syntax/tree.ts";
import { aggregateCall } from "../call.ts";
import type { BindContext } from "../context.ts";
import { graphOf } from "../graph/graphOf.ts";
import { matchRows, readsNodesOnly } from "../graph/match.ts";
import { conditionsOf, patternScope } from "../graph/names.ts";
import type { Link, PathPart, Pattern } from "../graph/parts.ts";
import { patternOf } from "../graph/pattern.ts";
import { joined } from "../graph/rows.ts";
import { shownRows, shownValues } from "../graph/shown.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { namedParameter } from "../parameters.ts";

/** The paths between two different nodes of which none is shorter; of several one, unless all are asked for. */
export const graphShortestPaths: TabularOperator = tabularOperator({
  keyword: "graph-shortest-paths",
  kinds: ["GraphShortestPathsOperator"],
  overGraph: true,
  approximate: "one edge of 1 to n repetitions between two nodes; conditions on the path as a whole are refused",
  bind: (node, input, env, context) => {
    const graph = graphOf(node, input);
    const pattern = patternOf(node, graph, context);
    const path = onlyPath(node, pattern);
    const onePerPair = (namedParameter(node, "output") ?? "any") !== "all";
    const scope = patternScope(pattern, env, context);
    const clause = optional(node, "WhereClause");
    const conditions = clause === undefined ? [] : conditionsOf(child(clause, "Condition"), pattern, scope);
    if (!conditions.every((condition) => readsNodesOnly(condition, pattern)))
      refuse("unsupported-argument", node.span, {
        name: "graph-shortest-paths",
        argument: "a condition on the path as a whole",
        reason: "conditions on its end nodes and all() over its edges or inner nodes can be checked while it grows",
      });
    const values = shownValues(node, scope);
    const rows = matchRows(pattern, conditions, node, { graph, cycles: "none", onePerPair, context });
    return shownRows(node, shortest(rows, path, context), values, context);
  },
});

interface OnlyPath extends Link {
  readonly edge: PathPart;
}

function onlyPath(node: Syntax, pattern: Pattern): OnlyPath {
  const [link, second] = pattern.links;
  const path = link?.edge;
  const ends = pattern.nodes.length === 2 && second === undefined;
  if (link === undefined || path?.kind !== "path" || !ends || path.min !== 1)
    return refuse("unsupported-argument", node.span, {
      name: "graph-shortest-paths",
      argument: "this pattern",
      reason: "it takes one edge of 1 to n repetitions between two nodes",
    });
  return { ...link, edge: path };
}

function shortest(rows: Rel, link: OnlyPath, context: BindContext): Rel {
  const at = rows.origin;
  const keys = [link.left.id, link.right.id].map((column): Item & { readonly source: Column } => ({
    column: context.newColumn(column.name, "long", false),
    value: columnRef(column),
    source: column,
  }));
  const least = {
    column: context.newColumn("$least", "long", false),
    call: aggregateCall("min", [columnRef(link.edge.length)], at).call,
  };
  const best = aggregate(rows, keys, [least], at);
  const pairs = keys.map(({ source, column }): readonly [Column, Column] => [source, column]);
  return joined(rows, best, [...pairs, [link.edge.length, least.column]]);
}
