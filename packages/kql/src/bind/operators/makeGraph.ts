import { refuse } from "../../diagnostics/diagnostic.ts";
import { commonType } from "../../functions/resolve.ts";
import { project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Rel } from "../../ir/rel.ts";
import { child, list, nameOf, optional, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Environment } from "../context.ts";
import { buildGraph, type GraphParts } from "../graph/build.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { columnNamed } from "../scope.ts";
import { withOrdinal } from "../serialized.ts";

/** Its rows are the edges; the graph goes with them to the graph operators. */
export const makeGraph: TabularOperator = tabularOperator({
  keyword: "make-graph",
  kinds: ["MakeGraphOperator"],
  bind: (node, input, env, context) => {
    const parts = partsOf(node, input, env, context);
    const graph = buildGraph(parts, node, context);
    const made: Rel = { ...project(graph.edges, [], node.span), columns: [], graph };
    const subquery = optional(optional(node, "PartitionedByClause") ?? node, "Subquery");
    return subquery === undefined ? made : context.pipeline(subquery, made, env);
  },
});

function partsOf(node: Syntax, input: Rel, env: Environment, context: BindContext): GraphParts {
  const edges = withOrdinal(input, context) ?? input;
  const end = (field: string): Column => {
    const name = child(node, field);
    return columnNamed(edges.columns, nameOf(name), name.span);
  };
  const clause = optional(node, "WithClause");
  const tables = (clause === undefined ? [] : list(clause, "TablesAndKeys")).map((item) => {
    const rel = context.tabular(child(item, "Table"), env);
    const column = child(item, "Column");
    return { rel, key: columnNamed(rel.columns, nameOf(column), column.span) };
  });
  const [from, to] = [end("SourceColumn"), end("TargetColumn")];
  const type = commonType([from, to, ...tables.map((table) => table.key)].map((column) => column.type));
  if (type !== from.type || type !== to.type)
    refuse("unsupported-syntax", node.span, {
      construct: "A graph whose nodes have identifiers of several types",
      reason: "bring them to one type first",
    });
  const implicit = clause?.kind === "MakeGraphWithImplicitIdClause" ? nameOf(child(clause, "Name")) : undefined;
  const entity = optional(optional(node, "PartitionedByClause") ?? node, "Entity");
  return {
    edges,
    from,
    to,
    tables,
    ...(implicit === undefined ? {} : { implicit }),
    ...(entity === undefined ? {} : { partition: nameOf(entity) }),
  };
}
