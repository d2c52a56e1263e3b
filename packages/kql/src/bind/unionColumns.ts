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
  const taken = new Set([...types].flatMap(([name, found]) => (found.size === 1 ? [name] : [])));
  const all = [...types].flatMap(([name, found]) =>
    [...found].map((type): UnionColumn => {
      const shown = found.size === 1 ? name : freeName(`${name}_${type}`, taken);
      taken.add(shown);
      return { name, type, shown };
    }),
  );
  if (kind === "outer") return all;
  const has = (input: readonly ColumnSchema[], { name, type }: UnionColumn): boolean =>
    input.some((column) => column.name === name && column.type === type);
  return all.filter((column) => inputs.every((input) => has(input, column)));
}

/** A name that an input has itself stays with it; the official binder gives it to whichever comes first. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 1; taken.has(free); number++) free = `${name}${number}`;
  return free;
}

/** Whether a name with its type is one that an input has itself. */
export function hasClash(columns: readonly UnionColumn[]): boolean {
  return columns.some(({ name, type, shown }) => shown !== name && shown !== `${name}_${type}`);
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
