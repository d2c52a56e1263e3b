import { filter } from "../../ir/build.ts";
import type { Rel } from "../../ir/rel.ts";
import { child, list, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Environment } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { namedParameter } from "../parameters.ts";
import { scopeOf } from "../scope.ts";
import { bindSearch } from "../search.ts";
import { type TabularSource, tabularSource } from "../source.ts";
import { pipedSource, type Source, sourcesFrom, tablesOf, viewsOf } from "../unionSources.ts";
import { unionOf } from "./union.ts";

export const searchSource: TabularSource = tabularSource({
  keyword: "search",
  kinds: ["SearchOperator"],
  bind: (node, env, context) => searchIn(scannedSources(node, env, context), node, env, context),
});

export const search: TabularOperator = tabularOperator({
  keyword: "search",
  kinds: ["SearchOperator"],
  bind: (node, input, env, context) => searchIn([pipedSource(input, env)], node, env, context),
});

/** The tables of `in (…)`; without it all that there are, and the views of the query. */
export function scannedSources(node: Syntax, env: Environment, context: BindContext): readonly Source[] {
  const listed = list(child(node, "InClause"), "Expressions");
  if (listed.length > 0) return sourcesFrom(listed, { fuzzy: false }, env, context);
  return [...tablesOf(context.searchedTables(), node, context), ...viewsOf(env, context)];
}

function searchIn(sources: readonly Source[], node: Syntax, env: Environment, context: BindContext): Rel {
  const rows = unionOf(sources, { kind: "outer", sourceColumn: "$table", prefix: "search_arg" }, node, context);
  const predicate = bindSearch(child(node, "Condition"), scopeOf(rows, env, context), {
    caseSensitive: namedParameter(node, "kind")?.toLowerCase() === "case_sensitive",
    columns: rows.columns.filter((column) => column.name !== "$table"),
  });
  return filter(rows, predicate, node.span);
}
