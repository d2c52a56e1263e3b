import { apply, filter, pass, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, type Scalar } from "../../ir/scalar.ts";
import { child, optional, type Syntax } from "../../syntax/tree.ts";
import { call } from "../call.ts";
import type { BindContext, Environment } from "../context.ts";
import { bindExpansions, type Expansion, expandRows, rowLimit } from "../expansions.ts";
import { withoutGraph } from "../graph/inSubquery.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { oneRow } from "./values.ts";

/** The subquery over the elements of each row; a row whose arrays are all empty has no elements to run it on. */
export const mvApply: TabularOperator = tabularOperator({
  keyword: "mv-apply",
  kinds: ["MvApplyOperator"],
  bind: (node, input, env, context) => {
    const { rel, expansions } = computedBefore(input, bindExpansions(node, input, env, context), context);
    const rows = filter(rel, someElement(expansions, node), node.span);
    const table = elementsOfRow(node, input.columns, expansions, env, context);
    const query = context.pipeline(child(child(node, "Subquery"), "Expression"), table, env);
    withoutGraph(query, node);
    const replaced = new Set(expansions.map((expansion) => expansion.name));
    const kept = input.columns.filter((column) => !replaced.has(column.name));
    return shown(node, rows, kept, query, context);
  },
});

/** Arrays are computed once a row, below the subquery, in which DuckDB lets no lambda read the row. */
function computedBefore(
  input: Rel,
  expansions: readonly Expansion[],
  context: BindContext,
): { readonly rel: Rel; readonly expansions: readonly Expansion[] } {
  const arrays: Item[] = [];
  const named = expansions.map((expansion): Expansion => {
    const { value } = expansion.item;
    if (value.kind === "column" || value.kind === "literal") return expansion;
    const column = context.newColumn(`$${expansion.name}`, value.type, value.nullable);
    arrays.push({ column, value });
    return { ...expansion, item: { ...expansion.item, value: columnRef(column) } };
  });
  if (arrays.length === 0) return { rel: input, expansions };
  return { rel: project(input, [...input.columns.map(pass), ...arrays], input.origin), expansions: named };
}

function someElement(expansions: readonly Expansion[], node: Syntax): Scalar {
  const tests = expansions.map(({ item }) => call("has elements", [item.value], node.span));
  const [first, ...rest] = tests;
  return rest.reduce<Scalar>((any, test) => call("or", [any, test], node.span), first as Scalar);
}

/** The elements of one outer row as a table of their own, in their order. */
function elementsOfRow(
  node: Syntax,
  outer: readonly Column[],
  expansions: readonly Expansion[],
  env: Environment,
  context: BindContext,
): Rel {
  const copies = outer.map(
    (column): Item => ({
      column: context.newColumn(column.name, column.type, column.nullable),
      value: columnRef(column),
    }),
  );
  const row = project(oneRow(node.span), copies, node.span);
  const limit = rowLimit(node, optional(child(node, "RowLimitClause"), "RowLimit"), env, context);
  const { rel, elements, index } = expandRows(node, row, expansions, limit, context);
  const at = rel.kind === "unnest" ? rel.index : undefined;
  const ordering = at === undefined ? [] : [{ column: at.id, descending: false, nullsFirst: true }];
  const replaced = new Set(expansions.map((expansion) => expansion.name));
  const kept = row.columns.filter((column) => !replaced.has(column.name)).map(pass);
  const items = [...kept, ...elements, ...(index === undefined ? [] : [index])];
  return project({ ...rel, ordering }, items, node.span);
}

/** Columns of the row, each from the subquery where that still has it, then what only the subquery has. */
function shown(node: Syntax, rows: Rel, kept: readonly Column[], query: Rel, context: BindContext): Rel {
  const applied = apply(rows, query, node.span);
  const joined = rows.ordering.length === 0 ? { ...applied, ordering: [], hidden: [] } : applied;
  const fromQuery = new Map(query.columns.map((column) => [column.name, column] as const));
  const names = new Set(kept.map((column) => column.name));
  const items: Item[] = [...kept, ...query.columns.filter((column) => !names.has(column.name))].map((column) => {
    const source = fromQuery.get(column.name) ?? column;
    return { column: context.newColumn(column.name, source.type, source.nullable), value: columnRef(source) };
  });
  const columns = withOfficialNames(
    node,
    items.map((item) => item.column),
  );
  return project(
    joined,
    items.map((item, index) => ({ ...item, column: columns[index] ?? item.column })),
    node.span,
  );
}
