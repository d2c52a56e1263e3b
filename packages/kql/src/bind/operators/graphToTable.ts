import { refuse } from "../../diagnostics/diagnostic.ts";
import { pass, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Graph, Item, Rel } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import { child, list, nameOf, optional, type Syntax } from "../../syntax/tree.ts";
import { call } from "../call.ts";
import type { BindContext } from "../context.ts";
import { graphOf } from "../graph/graphOf.ts";
import { joined } from "../graph/rows.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { namedParameter } from "../parameters.ts";
import { fresh } from "../table.ts";

/** The nodes, or the edges, or both as two tables; a node's hash is that of what identifies it. */
export const graphToTable: TabularOperator = tabularOperator({
  keyword: "graph-to-table",
  kinds: ["GraphToTableOperator"],
  overGraph: true,
  bind: (node, input, env, context) => {
    const graph = graphOf(node, input);
    const tables = list(node, "OutputClause").map((clause) => {
      const entity = child(clause, "EntityKeyword").text;
      const rel = entity === "nodes" ? nodesTable(clause, graph, context) : edgesTable(clause, graph, context);
      const as = optional(clause, "AsClause");
      if (as !== undefined) env.names.set(nameOf(child(as, "Name")), { kind: "tabular", rel });
      return rel;
    });
    const [first, ...rest] = tables;
    for (const table of rest) context.alsoShow(table);
    return first ?? refuse("empty-query", node.span, {});
  },
});

function nodesTable(clause: Syntax, graph: Graph, context: BindContext): Rel {
  const rel = fresh(graph.nodes, clause.span, context);
  const key = rel.columns[graph.nodeColumns + 1] as Column;
  const id = hashed(namedParameter(clause, "with_node_id"), key, clause, context);
  return project(rel, [...id, ...rel.columns.slice(0, graph.nodeColumns).map(pass)], clause.span);
}

function edgesTable(clause: Syntax, graph: Graph, context: BindContext): Rel {
  const rel = fresh(graph.edges, clause.span, context);
  const ends = ["with_source_id", "with_target_id"].map((parameter, index) => {
    const node = fresh(graph.nodes, clause.span, context);
    const [number, key] = node.columns.slice(graph.nodeColumns) as [Column, Column];
    const end = rel.columns[graph.edgeColumns + 1 + index] as Column;
    return { node, pair: [end, number] as const, id: hashed(namedParameter(clause, parameter), key, clause, context) };
  });
  const rows = ends
    .filter(({ id }) => id.length > 0)
    .reduce<Rel>((edges, { node, pair }) => joined(edges, node, [pair]), rel);
  const ids = ends.flatMap(({ id }) => id);
  return project(rows, [...ids, ...rel.columns.slice(0, graph.edgeColumns).map(pass)], clause.span);
}

function hashed(name: string | undefined, key: Column, clause: Syntax, context: BindContext): readonly Item[] {
  if (name === undefined) return [];
  return [{ column: context.newColumn(name, "long", true), value: call("hash", [columnRef(key)], clause.span) }];
}
