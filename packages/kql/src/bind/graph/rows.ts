import { filter, join, pass, project, union, window } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, type Scalar } from "../../ir/scalar.ts";
import type { BindContext } from "../context.ts";

/** The shown columns alone, in no order. */
export function plainRows(rel: Rel): Rel {
  return project({ ...rel, ordering: [] }, rel.columns.map(pass), rel.origin);
}

/** Both sides' columns, where all the pairs are equal. */
export function joined(left: Rel, right: Rel, pairs: readonly (readonly [Column, Column])[]): Rel {
  return join({
    join: "inner",
    left,
    right,
    on: pairs.map(([a, b]) => ({ left: columnRef(a), right: columnRef(b) })),
    items: [...left.columns, ...right.columns].map(pass),
    origin: left.origin,
  });
}

/** The rows for which all conditions hold. */
export function where(rel: Rel, conditions: readonly Scalar[]): Rel {
  return conditions.reduce<Rel>((rows, condition) => filter(rows, condition, rel.origin), rel);
}

/** Rows that are numbered from 1 in the order of `by`. */
export function numbered(rel: Rel, name: string, by: readonly Column[], context: BindContext): Rel {
  const column = context.newColumn(name, "long", false);
  const orderBy = by.map((key) => ({ column: key.id, descending: false, nullsFirst: true }));
  return window(
    rel,
    [{ column, name: "row_number", args: [], partitionBy: [], orderBy, origin: rel.origin }],
    rel.origin,
  );
}

/** The rows of several tables, each brought to the columns of the first. */
export function allRows(inputs: readonly Rel[], context: BindContext): Rel {
  const [first, ...more] = inputs as readonly [Rel, ...Rel[]];
  if (more.length === 0) return first;
  const columns = first.columns.map((column, index) =>
    context.newColumn(
      column.name,
      column.type,
      inputs.some((input) => input.columns[index]?.nullable === true),
    ),
  );
  const sources = inputs.map((input) =>
    columns.map((column, index): Item => ({ column, value: columnRef(input.columns[index] ?? column) })),
  );
  return union(inputs, columns, sources, first.origin);
}
