import type { Column } from "../ir/column.ts";
import type { Item, Rel } from "../ir/rel.ts";
import { columnRef, literal } from "../ir/scalar.ts";
import type { ColumnSchema } from "../values/schema.ts";
import type { BindContext } from "./context.ts";

/** An output column of a union: the name that it has in the inputs, and the one that it gets. */
export interface UnionColumn extends ColumnSchema {
  readonly shown: string;
}

/**
 * The columns of a union, in order of their first appearance. A name with several types becomes a column for each,
 * `name_type`. An inner union keeps those that all inputs have.
 */
export function unionColumns(
  inputs: readonly (readonly ColumnSchema[])[],
  kind: "inner" | "outer",
): readonly UnionColumn[] {
  const types = new Map<string, Set<ColumnSchema["type"]>>();
  for (const { name, type } of inputs.flat()) {
    const known = types.get(name) ?? new Set();
    types.set(name, known.add(type));
  }
  const all = [...types].flatMap(([name, found]) =>
    [...found].map((type): UnionColumn => ({ name, type, shown: found.size === 1 ? name : `${name}_${type}` })),
  );
  if (kind === "outer") return all;
  const has = (input: readonly ColumnSchema[], { name, type }: UnionColumn): boolean =>
    input.some((column) => column.name === name && column.type === type);
  return all.filter((column) => inputs.every((input) => has(input, column)));
}

/** The column of one input that an output column shows; null where it has none. */
export function itemFrom(input: Rel, wanted: ColumnSchema, column: Column): Item {
  const found = input.columns.find((item) => item.name === wanted.name && item.type === wanted.type);
  return { column, value: found === undefined ? literal(column.type, null) : columnRef(found) };
}

/** A column that may be missing from some inputs. */
export function outputColumn({ shown, type }: UnionColumn, context: BindContext): Column {
  return context.newColumn(shown, type, type !== "string");
}
