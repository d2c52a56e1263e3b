import { aggregate, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Graph, Iterate, Last } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import type { Syntax } from "../../syntax/tree.ts";
import { aggregateCall, call } from "../call.ts";
import type { BindContext } from "../context.ts";
import { fresh } from "../table.ts";
import { joined, where } from "./rows.ts";
import { bothWays } from "./ways.ts";

/** Each node's number, and the least number among the nodes that it hangs together with, directions aside. */
export function componentsOf(graph: Graph, node: Syntax, context: BindContext): Iterate {
  const at = node.span;
  const nodes = fresh(graph.nodes, at, context);
  const number = nodes.columns[graph.nodeColumns] as Column;
  const long = (name: string): Column => context.newColumn(name, "long", false);
  const columns: readonly [Column, Column] = [long("$member"), long("$least")];
  const seed = project(
    nodes,
    [long("$member"), long("$least")].map((column) => ({ column, value: columnRef(number) })),
    at,
  );
  const last = (all: boolean): Last => ({
    kind: "last",
    iteration: columns[0].id,
    iterated: columns.map((column) => column.id),
    all,
    columns: [long("$member"), long("$least")],
    hidden: [],
    ordering: [],
    origin: at,
  });
  const [changed, known] = [last(false), last(true)];
  const edges = bothWays(graph, node, context);
  const [, from, to] = edges.columns.slice(graph.edgeColumns) as [Column, Column, Column];
  const [[changedNode, changedLeast], [knownNode, knownLeast]] = [changed.columns, known.columns] as unknown as [
    [Column, Column],
    [Column, Column],
  ];
  const met = joined(joined(changed, edges, [[changedNode, from]]), known, [[to, knownNode]]);
  const less = where(met, [call("<", [columnRef(changedLeast), columnRef(knownLeast)], at)]);
  const least = { column: long("$least"), call: aggregateCall("min", [columnRef(changedLeast)], at).call };
  const step = aggregate(less, [{ column: long("$member"), value: columnRef(to) }], [least], at);
  return { kind: "iterate", seed, step, key: columns[0].id, columns, hidden: [], ordering: [], origin: at };
}
