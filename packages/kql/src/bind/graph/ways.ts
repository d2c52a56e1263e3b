import { project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Graph, Item, Rel } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import type { Syntax } from "../../syntax/tree.ts";
import { call } from "../call.ts";
import type { BindContext } from "../context.ts";
import { fresh } from "../table.ts";
import { allRows, where } from "./rows.ts";

/** Each edge from its source to its target and, where these differ, from its target to its source. */
export function bothWays(graph: Graph, at: Syntax, context: BindContext): Rel {
  const forward = fresh(graph.edges, at.span, context);
  const other = fresh(graph.edges, at.span, context);
  const [, from, to] = other.columns.slice(graph.edgeColumns) as [Column, Column, Column];
  const apart = where(other, [call("!=", [columnRef(from), columnRef(to)], at.span)]);
  const items = other.columns.map((column): Item => {
    const source = column === from ? to : column === to ? from : column;
    return { column: context.newColumn(column.name, column.type, column.nullable), value: columnRef(source) };
  });
  return allRows([forward, project(apart, items, at.span)], context);
}
