import { aggregate, join, pass } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Graph, Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal } from "../../ir/scalar.ts";
import { aggregateCall, call } from "../call.ts";
import type { BindContext } from "../context.ts";
import { fresh } from "../table.ts";
import type { NodePart } from "./parts.ts";

/** The rows of a node's part, with the degrees that the query asks for. */
export function nodeRows(part: NodePart, graph: Graph, context: BindContext): Rel {
  return [...part.degrees].reduce<Rel>(
    (rows, [way, column]) => withDegree(rows, part, way === "in" ? 2 : 1, column, graph, context),
    part.rel,
  );
}

function withDegree(rows: Rel, part: NodePart, end: number, column: Column, graph: Graph, context: BindContext): Rel {
  const at = rows.origin;
  const edges = fresh(graph.edges, at, context);
  const node = edges.columns[graph.edgeColumns + end] as Column;
  const key: Item = { column: context.newColumn("$node", "long", false), value: columnRef(node) };
  const count = { column: context.newColumn("$count", "long", true), call: aggregateCall("count", [], at).call };
  const degree = call("coalesce", [columnRef(count.column), literal("long", 0n)], at);
  return join({
    join: "left",
    left: rows,
    right: aggregate(edges, [key], [count], at),
    on: [{ left: columnRef(part.id), right: columnRef(key.column) }],
    items: [...rows.columns.map(pass), { column, value: degree }],
    origin: at,
  });
}
