import { allColumns } from "../ir/build.ts";
import { noteAllReads, noteReads } from "../ir/references.ts";
import type { Rel } from "../ir/rel.ts";
import type { Scalar } from "../ir/scalar.ts";
import { childrenOf, inputsOf, queriesOf, scalarsOf } from "../ir/walk.ts";

/** What is used of each node of a plan. */
export interface Needs {
  columns(rel: Rel): ReadonlySet<number>;
  /** Whether anything after the node depends on the order of its rows. */
  order(rel: Rel): boolean;
}

interface Found {
  readonly columns: Map<Rel, Set<number>>;
  readonly ordered: Set<Rel>;
}

export function needsOf(root: Rel): Needs {
  const found: Found = { columns: new Map(), ordered: new Set([root]) };
  want(found, root, new Set(allColumns(root).map((column) => column.id)));
  for (const rel of usersFirst(root)) passOn(found, rel, completed(found, rel));
  return { columns: (rel) => found.columns.get(rel) ?? new Set(), order: (rel) => found.ordered.has(rel) };
}

/** Every node after all that read it. */
function usersFirst(root: Rel): readonly Rel[] {
  const seen = new Set<Rel>();
  const order: Rel[] = [];
  const visit = (rel: Rel): void => {
    if (seen.has(rel)) return;
    seen.add(rel);
    for (const inner of childrenOf(rel)) visit(inner);
    order.push(rel);
  };
  visit(root);
  return order.reverse();
}

function want({ columns }: Found, rel: Rel, ids: ReadonlySet<number>): void {
  const known = columns.get(rel) ?? new Set();
  for (const { id } of allColumns(rel)) if (ids.has(id)) known.add(id);
  columns.set(rel, known);
}

/** With the columns that the order needs; a row has at least one column, and those of an iteration stand in fixed places. */
function completed({ columns, ordered }: Found, rel: Rel): ReadonlySet<number> {
  const own = columns.get(rel) ?? new Set();
  if (ordered.has(rel)) for (const key of rel.ordering) own.add(key.column);
  if (rel.kind === "iterate") for (const column of rel.columns) own.add(column.id);
  const [first] = allColumns(rel);
  if (own.size === 0 && first !== undefined) own.add(first.id);
  columns.set(rel, own);
  return own;
}

function passOn(found: Found, rel: Rel, own: ReadonlySet<number>): void {
  if (rel.kind === "union") {
    rel.inputs.forEach((input, at) => {
      const values = (rel.sources[at] ?? []).filter((item) => own.has(item.column.id)).map((item) => item.value);
      want(found, input, readBy(found, values));
    });
    return;
  }
  const ids = new Set([...own, ...readBy(found, usedScalars(rel, own)), ...alsoRead(rel, own)]);
  for (const input of inputsOf(rel)) {
    want(found, input, rel.kind === "iterate" ? new Set(input.columns.map((column) => column.id)) : ids);
    if (needsOrder(found, rel)) found.ordered.add(input);
  }
}

/** The columns that expressions read; of a query in them the first column is read, and its first row. */
function readBy(found: Found, scalars: readonly Scalar[]): Set<number> {
  const ids = new Set<number>();
  for (const scalar of scalars) {
    noteReads(scalar, ids);
    for (const query of queriesOf(scalar)) {
      found.ordered.add(query);
      want(found, query, new Set(query.columns.slice(0, 1).map((column) => column.id)));
    }
  }
  return ids;
}

/** The expressions of a node that its used columns need. */
function usedScalars(rel: Rel, own: ReadonlySet<number>): readonly Scalar[] {
  const used = <T extends { readonly column: { readonly id: number } }>(items: readonly T[]): readonly T[] =>
    items.filter((item) => own.has(item.column.id));
  switch (rel.kind) {
    case "project":
      return scalarsOf({ ...rel, items: used(rel.items) });
    case "join":
      return scalarsOf({ ...rel, items: used(rel.items) });
    case "window":
      return scalarsOf({ ...rel, items: used(rel.items) });
    case "aggregate":
      return scalarsOf({ ...rel, aggregates: used(rel.aggregates) });
    case "read":
    case "values":
    case "filter":
    case "sort":
    case "limit":
    case "union":
    case "unnest":
    case "apply":
    case "scan":
    case "iterate":
    case "last":
      return scalarsOf(rel);
  }
}

/** Columns of its inputs that a node reads outside of its expressions. */
function alsoRead(rel: Rel, own: ReadonlySet<number>): readonly number[] {
  if (rel.kind === "window")
    return rel.items.filter((item) => own.has(item.column.id)).flatMap((item) => item.orderBy.map((key) => key.column));
  if (rel.kind === "apply") {
    const ids = new Set<number>();
    noteAllReads(rel.query, ids);
    return [...ids];
  }
  if (rel.kind !== "scan") return [];
  return [
    rel.row,
    ...rel.state.flatMap(({ source }) => ("input" in source ? [source.input] : [])),
    ...rel.declared.flatMap((item) => item.replaces ?? []),
  ];
}

/** Whether a node's inputs must keep their order. */
function needsOrder({ ordered }: Found, rel: Rel): boolean {
  if (rel.kind === "join" || rel.kind === "union" || rel.kind === "sort") return false;
  return rel.kind === "limit" || rel.kind === "aggregate" || rel.kind === "iterate" || ordered.has(rel);
}
