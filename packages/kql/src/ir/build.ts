import type { Span } from "../diagnostics/span.ts";
import type { Column } from "./column.ts";
import type {
  Aggregate,
  AggregateItem,
  Apply,
  Filter,
  Item,
  Join,
  Limit,
  OrderingKey,
  Project,
  Rel,
  Sort,
  Union,
  Unnest,
  Window,
  WindowItem,
} from "./rel.ts";
import { columnRef, type Scalar } from "./scalar.ts";

/** Columns of a node, shown and hidden. */
export function allColumns(rel: Rel): readonly Column[] {
  return rel.hidden.length === 0 ? rel.columns : [...rel.columns, ...rel.hidden];
}

export function columnById(rel: Rel, id: number): Column | undefined {
  return rel.columns.find((column) => column.id === id) ?? rel.hidden.find((column) => column.id === id);
}

export function filter(input: Rel, predicate: Scalar, origin: Span): Filter {
  const { columns, hidden, ordering } = input;
  return { kind: "filter", input, predicate, columns, hidden, ordering, origin };
}

/** An item that hands a column on under its own id. */
export function pass(column: Column): Item {
  return { column, value: columnRef(column) };
}

/** Shows `items`; what the ordering needs and the items drop goes on as hidden columns. */
export function project(input: Rel, items: readonly Item[], origin: Span): Project {
  const kept = new Set(items.filter((item) => isPass(item)).map((item) => item.column.id));
  const hidden = input.ordering
    .filter((key) => !kept.has(key.column))
    .map((key) => columnById(input, key.column))
    .filter((column) => column !== undefined);
  return {
    kind: "project",
    input,
    items: [...items, ...hidden.map(pass)],
    columns: items.map((item) => item.column),
    hidden,
    ordering: input.ordering,
    origin,
  };
}

function isPass(item: Item): boolean {
  return item.value.kind === "column" && item.value.id === item.column.id;
}

/** A different order, choice or naming of the input's own columns. */
export function rearrange(input: Rel, columns: readonly Column[], origin: Span): Project {
  return project(
    input,
    columns.map((column) => pass(column)),
    origin,
  );
}

export function aggregate(
  input: Rel,
  keys: readonly Item[],
  aggregates: readonly AggregateItem[],
  origin: Span,
): Aggregate {
  const columns = [...keys.map((key) => key.column), ...aggregates.map((item) => item.column)];
  return { kind: "aggregate", input, keys, aggregates, columns, hidden: [], ordering: [], origin };
}

export function sort(input: Rel, ordering: readonly OrderingKey[], origin: Span): Sort {
  return { kind: "sort", input, columns: input.columns, hidden: input.hidden, ordering, origin };
}

export function limit(input: Rel, count: Scalar, origin: Span): Limit {
  const { columns, hidden, ordering } = input;
  return { kind: "limit", input, count, columns, hidden, ordering, origin };
}

export function join(shape: Pick<Join, "join" | "left" | "right" | "on" | "items" | "origin">): Join {
  return { kind: "join", ...shape, columns: shape.items.map((item) => item.column), hidden: [], ordering: [] };
}

export function union(
  inputs: readonly Rel[],
  columns: readonly Column[],
  sources: readonly (readonly Item[])[],
  origin: Span,
): Union {
  return { kind: "union", inputs, sources, columns, hidden: [], ordering: [], origin };
}

export function unnest(shape: Omit<Unnest, "kind">): Unnest {
  return { kind: "unnest", ...shape };
}

export function window(input: Rel, items: readonly WindowItem[], origin: Span): Window {
  const { columns, hidden, ordering } = input;
  return {
    kind: "window",
    input,
    items,
    columns: [...columns, ...items.map((item) => item.column)],
    hidden,
    ordering,
    origin,
  };
}

export function apply(input: Rel, query: Rel, origin: Span): Apply {
  return {
    kind: "apply",
    input,
    query,
    columns: [...input.columns, ...query.columns],
    hidden: [...input.hidden, ...query.hidden],
    ordering: [...input.ordering, ...query.ordering],
    origin,
  };
}
