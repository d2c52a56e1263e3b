import { pass } from "../ir/build.ts";
import type { Column } from "../ir/column.ts";
import { mapChildren } from "../ir/mapChildren.ts";
import type { Rel, Values, Window } from "../ir/rel.ts";
import { needsOf } from "./needs.ts";

type Used = <T extends { readonly column: Column }>(items: readonly T[]) => readonly T[];

/**
 * Leaves out columns that nobody reads, and orders that nobody sees. The engine does so by itself in most places, but
 * not inside the rows of `arg_max(x, *)` and `scan`; and shorter SQL is planned sooner.
 */
export function pruneColumns(root: Rel): Rel {
  const needs = needsOf(root);
  const done = new Map<Rel, Rel>();
  const pruned = (rel: Rel): Rel => {
    const known = done.get(rel);
    if (known !== undefined) return known;
    const ordering = needs.order(rel) ? rel.ordering : [];
    const found = mapChildren(narrowed({ ...rel, ordering }, needs.columns(rel)), pruned);
    done.set(rel, found);
    return found;
  };
  return pruned(root);
}

/** The node with the columns in `own` and what makes them. */
function narrowed(rel: Rel, own: ReadonlySet<number>): Rel {
  const isUsed = (column: Column | undefined): boolean => column !== undefined && own.has(column.id);
  const used: Used = (items) => items.filter((item) => isUsed(item.column));
  const shape = { columns: rel.columns.filter(isUsed), hidden: rel.hidden.filter(isUsed) };
  switch (rel.kind) {
    case "read":
    case "filter":
    case "sort":
    case "limit":
    case "unnest":
    case "apply":
    case "iterate":
    case "scan":
      return { ...rel, ...shape };
    case "project":
      return { ...rel, ...shape, items: used(rel.items) };
    case "join":
      return { ...rel, ...shape, items: used(rel.items) };
    case "aggregate":
      return { ...rel, ...shape, aggregates: used(rel.aggregates) };
    case "union":
      return { ...rel, ...shape, sources: rel.sources.map(used) };
    case "last":
      return { ...rel, ...shape, iterated: rel.iterated.filter((_, at) => isUsed(rel.columns[at])) };
    case "values":
      return { ...rel, ...shape, rows: usedCells(rel, own) };
    case "window":
      return narrowedWindow({ ...rel, ...shape }, used);
  }
}

function narrowedWindow(rel: Window, used: Used): Rel {
  const items = used(rel.items);
  if (items.length > 0) return { ...rel, items };
  const { input, columns, hidden, ordering, origin } = rel;
  return { kind: "project", input, items: [...columns, ...hidden].map(pass), columns, hidden, ordering, origin };
}

function usedCells(rel: Values, own: ReadonlySet<number>): Values["rows"] {
  const kept = [...rel.columns, ...rel.hidden].map((column) => own.has(column.id));
  return kept.every(Boolean) ? rel.rows : rel.rows.map((row) => row.filter((_, at) => kept[at] === true));
}
