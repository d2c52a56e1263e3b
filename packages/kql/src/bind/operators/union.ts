import { refuse } from "../../diagnostics/diagnostic.ts";
import { union as unionRel } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import { list, nameOf, type Syntax } from "../../syntax/tree.ts";
import { convertTo } from "../call.ts";
import { type BindContext, type Environment, lookUp } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { namedParameter } from "../parameters.ts";
import { type TabularSource, tabularSource } from "../source.ts";
import { readTable } from "../table.ts";

/** One input of a union and the name that `withsource` shows for it. */
interface Source {
  readonly rel: Rel;
  readonly name: string;
}

export const unionSource: TabularSource = tabularSource({
  keyword: "union",
  kinds: ["UnionOperator"],
  bind: (node, env, context) => bindUnion(node, sourcesOf(node, 0, env, context), context),
});

export const union: TabularOperator = tabularOperator({
  keyword: "union",
  kinds: ["UnionOperator"],
  bind: (node, input, env, context) => {
    const first: Source = { rel: input, name: input.kind === "read" ? input.table : "union_arg0" };
    return bindUnion(node, [first, ...sourcesOf(node, 1, env, context)], context);
  },
});

function sourcesOf(node: Syntax, from: number, env: Environment, context: BindContext): readonly Source[] {
  const fuzzy = namedParameter(node, "isfuzzy") === "true";
  return list(node, "Expressions").flatMap((item, index): readonly Source[] => {
    const wildcard = wildcardOf(item);
    if (wildcard !== undefined) return tablesLike(wildcard, item, context);
    if (fuzzy && missing(item, env, context)) {
      context.noteWarning(`The table '${nameOf(item)}' is not known and was left out of the union (isfuzzy=true).`);
      return [];
    }
    const rel = context.tabular(item, env);
    return [{ rel, name: rel.kind === "read" ? rel.table : `union_arg${index + from}` }];
  });
}

function wildcardOf(item: Syntax): string | undefined {
  if (item.kind !== "NameReference") return undefined;
  const name = nameOf(item);
  return name.includes("*") ? name : undefined;
}

function tablesLike(pattern: string, item: Syntax, context: BindContext): readonly Source[] {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const test = new RegExp(`^${parts.join(".*")}$`);
  const names = context.tableNames().filter((name) => test.test(name));
  return names.map((name) => ({ rel: readTable(name, item.span, context), name }));
}

function missing(item: Syntax, env: Environment, context: BindContext): boolean {
  if (item.kind !== "NameReference") return false;
  const name = nameOf(item);
  return lookUp(env, name) === undefined && context.table(name) === undefined;
}

/** The official binder tells the columns: same name and type share one, same name and other type get `name_type`. */
function bindUnion(node: Syntax, sources: readonly Source[], context: BindContext): Rel {
  const withSource = namedParameter(node, "withsource");
  const official = node.columns ?? [];
  const columns = official.map((column) => {
    const type = column.type === "unknown" ? "dynamic" : column.type;
    return context.newColumn(column.name, type, type !== "string");
  });
  if (columns.length === 0)
    return refuse("unsupported-syntax", node.span, { construct: "This union", reason: "it has no columns" });
  const items = sources.map((source) =>
    columns.map((column, index) => itemFrom(source, column, index === 0 ? withSource : undefined, node)),
  );
  return unionRel(
    sources.map((source) => source.rel),
    columns,
    items,
    node.span,
  );
}

function itemFrom(source: Source, column: Column, withSource: string | undefined, node: Syntax): Item {
  if (withSource !== undefined && column.name === withSource) return { column, value: literal("string", source.name) };
  return { column, value: sourceValue(source.rel, column, node) };
}

function sourceValue(rel: Rel, column: Column, node: Syntax): Scalar {
  const same = rel.columns.find((item) => item.name === column.name);
  if (same !== undefined && same.type === column.type) return columnRef(same);
  const split = rel.columns.find((item) => `${item.name}_${item.type}` === column.name && item.type === column.type);
  if (split !== undefined) return columnRef(split);
  if (same !== undefined && sameFamily(same, column)) return convertTo(columnRef(same), column.type, node.span);
  return literal(column.type, null);
}

function sameFamily(a: Column, b: Column): boolean {
  return (a.type === "int" && b.type === "long") || b.type === "dynamic";
}
