import { refuse } from "../../diagnostics/diagnostic.ts";
import { pass, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Rel } from "../../ir/rel.ts";
import { columnRef, literal } from "../../ir/scalar.ts";
import type { Syntax } from "../../syntax/tree.ts";
import { call } from "../call.ts";
import type { BindContext } from "../context.ts";
import { componentsOf } from "../graph/components.ts";
import { graphOf } from "../graph/graphOf.ts";
import { joined, numbered, where } from "../graph/rows.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { namedParameter } from "../parameters.ts";
import { fresh } from "../table.ts";

/** Numbers the parts of the graph that hang together, from 0. */
export const graphMarkComponents: TabularOperator = tabularOperator({
  keyword: "graph-mark-components",
  kinds: ["GraphMarkComponentsOperator"],
  overGraph: true,
  approximate: "kind=strong and partitioned graphs are refused",
  bind: (node, input, _env, context) => {
    const graph = graphOf(node, input);
    const kind = namedParameter(node, "kind") ?? "weak";
    if (kind !== "weak")
      return refuse("unsupported-argument", node.span, {
        name: "graph-mark-components",
        argument: `kind=${kind}`,
        reason: "components by directed paths are not built; weak ones are",
      });
    if (graph.nodes.columns.length > graph.nodeColumns + 2)
      return refuse("unsupported-argument", node.span, {
        name: "graph-mark-components",
        argument: "a graph partitioned by a column",
        reason: "its numbers begin anew in each partition",
      });
    const name = namedParameter(node, "with_component_id") ?? "ComponentId";
    const [number] = graph.nodes.columns.slice(graph.nodeColumns) as [Column];
    const components = componentsOf(graph, node, context);
    const [member, least] = components.columns as [Column, Column];
    const marked = joined(graph.nodes, components, [[number, member]]);
    const firsts = firstsOf(components, node, context);
    const [first, place] = firsts.columns as [Column, Column];
    const component = context.newColumn(name, "long", false);
    const value = call("-", [columnRef(place), literal("long", 1n)], node.span);
    const [shown, own] = [
      graph.nodes.columns.slice(0, graph.nodeColumns),
      graph.nodes.columns.slice(graph.nodeColumns),
    ];
    const items = [...shown.map(pass), { column: component, value }, ...own.map(pass)];
    const nodes = project(joined(marked, firsts, [[least, first]]), items, node.span);
    return { ...input, graph: { ...graph, nodes, nodeColumns: graph.nodeColumns + 1 } };
  },
});

/** The first node of each component, and which one that is. */
function firstsOf(components: Rel, node: Syntax, context: BindContext): Rel {
  const copy = fresh(components, node.span, context);
  const [member, least] = copy.columns as [Column, Column];
  const firsts = where(copy, [call("==", [columnRef(member), columnRef(least)], node.span)]);
  const made = numbered(project(firsts, [pass(least)], node.span), "$place", [least], context);
  return made;
}
