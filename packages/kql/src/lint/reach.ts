import { child, list } from "../syntax/tree.ts";
import type { QueryLint } from "./context.ts";
import { queryNote } from "./note.ts";

/** `search` without tables, and `union *`. */
export const searchesEverything: QueryLint = ({ nodes, text }) =>
  nodes.flatMap(({ node, parent }) => {
    const piped = parent?.kind === "PipeExpression" && parent.fields.Operator === node;
    if (node.kind === "SearchOperator" && !piped && node.fields.InClause === undefined)
      return [queryNote("searches-everything", child(node, "SearchKeyword").span, { construct: "search" })];
    if (node.kind !== "UnionOperator") return [];
    const all = list(node, "Expressions").find(({ span }) => text.slice(span.start, span.end).trim() === "*");
    return all === undefined ? [] : [queryNote("searches-everything", all.span, { construct: "union *" })];
  });
