import { aggregate, filter, join, pass, project, window } from "../ir/build.ts";
import type { Column } from "../ir/column.ts";
import type { AggregateItem, Item, Rel } from "../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../ir/scalar.ts";
import { child, optional, type Syntax } from "../syntax/tree.ts";
import { bindAggregated } from "./aggregates.ts";
import { call } from "./call.ts";
import type { BindContext, Environment, Scope } from "./context.ts";
import { valueNode } from "./named.ts";
import { fresh } from "./table.ts";

/** One clause of `top-nested`. */
export interface Level {
  readonly count: Scalar | undefined;
  readonly key: Syntax;
  readonly by: Syntax;
  readonly descending: boolean;
  /** What stands for the keys that are not among the best. */
  readonly others: Scalar | undefined;
}

/** What some levels leave: the rows under the best keys, and each combination of keys with its aggregates. */
export interface Nested {
  readonly rows: Rel;
  /** The key columns among the columns of `rows`. */
  readonly keys: readonly Column[];
  /** Key and aggregate of each level, in turn; undefined before the first. */
  readonly chain: Rel | undefined;
  /** The columns that expressions see. */
  readonly source: readonly Column[];
}

export function levelOf(clause: Syntax, env: Environment, context: BindContext): Level {
  const scope = { columns: [], env, context };
  const bind = (node: Syntax | undefined): Scalar | undefined =>
    node === undefined ? undefined : context.scalar(node, scope);
  const by = child(clause, "ByExpression");
  const ordered = by.kind === "OrderedExpression";
  return {
    count: bind(optional(clause, "Expression")),
    key: valueNode(child(clause, "OfExpression")),
    by: valueNode(ordered ? child(by, "Expression") : by),
    descending: !ordered || child(child(by, "Ordering"), "AscOrDescKeyword").text !== "asc",
    others: bind(optional(child(clause, "WithOthersClause"), "Expression")),
  };
}

/** Groups by the keys so far and the level's, and keeps the best inside each combination of the keys so far. */
export function addLevel(
  nested: Nested,
  level: Level,
  node: Syntax,
  env: Environment,
  context: BindContext,
): { readonly nested: Nested; readonly best: Rel } {
  const scope: Scope = { columns: nested.source, env, context };
  const key = itemOf("$key", context.scalar(level.key, scope), context);
  const rows = project(nested.rows, [...nested.rows.columns.map(pass), key], node.span);
  const keys = [...nested.keys, key.column];
  const best = bestOf(rows, keys, level, scope, node);
  const kept = fresh(best, node.span, context);
  const left = join({
    join: "semi",
    left: rows,
    right: kept,
    on: keysEqual(keys, kept.columns),
    items: rows.columns.map(pass),
    origin: node.span,
  });
  return {
    nested: {
      rows: left,
      keys,
      chain: extendChain(nested.chain, best, keys.length, node, context),
      source: nested.source,
    },
    best,
  };
}

/** Columns: the keys, then the aggregate. */
function bestOf(rows: Rel, keys: readonly Column[], level: Level, scope: Scope, node: Syntax): Rel {
  const { context } = scope;
  const aggregates: AggregateItem[] = [];
  const value = bindAggregated(level.by, scope, aggregates);
  const grouping = keys.map((column) => itemOf(column.name, columnRef(column), context));
  const grouped = aggregate(rows, grouping, aggregates, node.span);
  const result = itemOf("$aggregate", value, context);
  const shown = project(grouped, [...grouping.map(({ column }) => pass(column)), result], node.span);
  if (level.count === undefined) return shown;
  const rank = context.newColumn("$rank", "long", false);
  const order = { column: result.column.id, descending: level.descending, nullsFirst: !level.descending };
  const ties = grouping.slice(-1).map(({ column }) => ({ column: column.id, descending: true, nullsFirst: false }));
  const ranked = window(
    shown,
    [
      {
        column: rank,
        name: "row_number",
        args: [],
        partitionBy: grouping.slice(0, -1).map(({ column }) => columnRef(column)),
        orderBy: [order, ...ties],
        origin: node.span,
      },
    ],
    node.span,
  );
  const best = filter(ranked, call("<=", [columnRef(rank), level.count], node.span), node.span);
  return project(best, shown.columns.map(pass), node.span);
}

/** Each combination of the levels above, with those of this level under it. */
function extendChain(chain: Rel | undefined, best: Rel, depth: number, node: Syntax, context: BindContext): Rel {
  const copy = fresh(best, node.span, context);
  if (chain === undefined) return copy;
  const above = chain.columns.filter((_, index) => index % 2 === 0);
  const added = copy.columns.slice(depth - 1);
  return join({
    join: "inner",
    left: chain,
    right: copy,
    on: keysEqual(above, copy.columns),
    items: [...chain.columns, ...added].map(pass),
    origin: node.span,
  });
}

function keysEqual(
  left: readonly Column[],
  right: readonly Column[],
): { readonly left: Scalar; readonly right: Scalar }[] {
  return left.flatMap((column, index) => {
    const other = right[index];
    return other === undefined ? [] : [{ left: columnRef(column), right: columnRef(other) }];
  });
}

/**
 * A row for all rows whose key is not among the best. Levels below have nothing to divide there: they show their own
 * name for others, where they have one, over the same rows.
 */
export function othersOf(
  above: Nested,
  best: Rel,
  levels: readonly Level[],
  node: Syntax,
  env: Environment,
  context: BindContext,
): Rel {
  const [level] = levels;
  const scope: Scope = { columns: above.source, env, context };
  const key = itemOf("$key", level === undefined ? literal("string", "") : context.scalar(level.key, scope), context);
  const rows = project(above.rows, [...above.rows.columns.map(pass), key], node.span);
  const kept = fresh(best, node.span, context);
  const on = keysEqual([...above.keys, key.column], kept.columns);
  const rest = join({ join: "anti", left: rows, right: kept, on, items: rows.columns.map(pass), origin: node.span });
  const aggregates: AggregateItem[] = [];
  const values = levels.map(({ by, others }) =>
    others === undefined ? undefined : bindAggregated(by, scope, aggregates),
  );
  const grouping = above.keys.map((column) => itemOf(column.name, columnRef(column), context));
  const groups = aggregate(rest, grouping, aggregates, node.span);
  const counted = grouping.length > 0 ? groups : onlyIfAny(rest, groups, node, context);
  const cells = levels.flatMap(({ others }, index): readonly Item[] => {
    const value = values[index];
    return [
      itemOf("$others", others ?? literal("string", ""), context),
      itemOf("$aggregate", value ?? literal("long", null), context),
    ];
  });
  const shown = project(counted, [...grouping.map(({ column }) => pass(column)), ...cells], node.span);
  if (above.chain === undefined) return shown;
  const chain = fresh(above.chain, node.span, context);
  return join({
    join: "inner",
    left: chain,
    right: shown,
    on: keysEqual(
      chain.columns.filter((_, index) => index % 2 === 0),
      shown.columns,
    ),
    items: [...chain.columns, ...shown.columns.slice(grouping.length)].map(pass),
    origin: node.span,
  });
}

/** Without rows there is nothing to sum up, though a group of no rows would give a row. */
function onlyIfAny(rest: Rel, groups: Rel, node: Syntax, context: BindContext): Rel {
  const key = context.newColumn("$any", "long", false);
  if (groups.kind !== "aggregate") return groups;
  return { ...aggregate(rest, [{ column: key, value: literal("long", 0n) }], groups.aggregates, node.span) };
}

function itemOf(name: string, value: Scalar, context: BindContext): Item {
  return { column: context.newColumn(name, value.type, value.nullable), value };
}
