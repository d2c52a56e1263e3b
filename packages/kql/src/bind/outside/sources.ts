import { refuse } from "../../diagnostics/diagnostic.ts";
import { nearest } from "../../diagnostics/nearest.ts";
import type { Rel, Values } from "../../ir/rel.ts";
import { child, nameOf, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Environment } from "../context.ts";
import { type TabularSource, tabularSource } from "../source.ts";
import { readTable, rowsOf } from "../table.ts";
import { argumentsOf } from "../userFunction.ts";
import { watchlistTable } from "./declarations.ts";

/** The constant text of a call's first argument. */
function constantName(node: Syntax, env: Environment, context: BindContext): string {
  const name = nameOf(child(node, "Name"));
  const [given] = argumentsOf(node);
  const value = given === undefined ? undefined : context.scalar(given, { columns: [], env, context });
  if (value?.kind === "literal" && typeof value.value === "string") return value.value;
  return refuse("not-a-constant", given?.span ?? node.span, { name, what: "the name" });
}

const watchlist: TabularSource = tabularSource({
  keyword: "_GetWatchlist()",
  kinds: ["_GetWatchlist()"],
  bind: (node, env, context) => {
    const alias = constantName(node, env, context);
    const table = context.table(watchlistTable(alias));
    if (table !== undefined) return rowsOf(table, node.span, context);
    const close = nearest(alias, watchlistsOf(context)).map((item) => `'${item}'`);
    return refuse("could-not-look", node.span, {
      name: `the watchlist '${alias}'`,
      reason: "it is not here",
      next:
        close.length > 0
          ? `Did you mean ${close.join(" or ")}?`
          : `Put its rows as ${alias}.csv into a folder and name that with --watchlists.`,
    });
  },
});

function watchlistsOf(context: BindContext): readonly string[] {
  const [before = "", after = ""] = watchlistTable("*").split("*");
  return context
    .tableNames()
    .filter((name) => name.startsWith(before) && name.endsWith(after))
    .map((name) => name.slice(before.length, name.length - after.length));
}

const watchlistAliases: TabularSource = tabularSource({
  keyword: "_GetWatchlistAlias()",
  kinds: ["_GetWatchlistAlias()"],
  bind: (node, _env, context) => {
    const aliases = watchlistsOf(context);
    if (aliases.length === 0)
      return refuse("could-not-look", node.span, {
        name: "the watchlists",
        reason: "none is here",
        next: "Name a folder of them with --watchlists.",
      });
    return listOf("WatchlistAlias", aliases, node, context);
  },
});

function listOf(name: string, texts: readonly string[], node: Syntax, context: BindContext): Values {
  const columns = [context.newColumn(name, "string", false)];
  return { kind: "values", rows: texts.map((item) => [item]), columns, hidden: [], ordering: [], origin: node.span };
}

/** `table("T")` and its relatives read the table of that name. */
function namedTable(name: string, what: string): TabularSource {
  return tabularSource({
    keyword: `${name}()`,
    kinds: [`${name}()`],
    bind: (node, env, context) => {
      const table = constantName(node, env, context);
      if (name === "table" || context.table(table) !== undefined) return readTable(table, node.span, context);
      return refuse("could-not-look", node.span, {
        name: `the ${what} '${table}'`,
        reason: `Goshawk keeps no ${what}s`,
        next: `Ingest its rows as a table called '${table}'.`,
      });
    },
  });
}

const addresses: TabularSource = tabularSource({
  keyword: "AssignedIPAddresses()",
  kinds: ["AssignedIPAddresses()"],
  bind: (node) =>
    refuse("could-not-look", node.span, {
      name: "AssignedIPAddresses()",
      reason: "Defender's service keeps the addresses that a device had",
      next: "Define a function of that name with --functions.",
    }),
});

/** A parser of ASIM that no file defines: without arguments the table of that name, if there is one. */
export function bindParser(node: Syntax, context: BindContext): Rel {
  const name = nameOf(child(node, "Name"));
  const filters = argumentsOf(node).length > 0;
  if (!filters && context.table(name) !== undefined) return readTable(name, node.span, context);
  return refuse("could-not-look", node.span, {
    name: `${name}()`,
    reason: "the parser's definition is not here",
    next: "Name the folder that holds it, as YAML or .kql, with --functions.",
  });
}

export const outsideSources: readonly TabularSource[] = [
  addresses,
  namedTable("external_table", "external table"),
  namedTable("materialized_view", "materialized view"),
  namedTable("stored_query_result", "stored query result"),
  namedTable("table", "table"),
  watchlist,
  watchlistAliases,
];
