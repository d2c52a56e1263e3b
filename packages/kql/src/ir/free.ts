import { allColumns } from "./build.ts";
import type { Rel } from "./rel.ts";
import type { Scalar } from "./scalar.ts";
import { inputsOf, scalarsOf } from "./walk.ts";

/** Whether a plan reads nothing but its own rows: no column of a row around it, no round of an iteration around it. */
export function isClosed(rel: Rel, known: Known): boolean {
  return freeOf(rel, known).size === 0;
}

/** What was found of nodes already, for plans in which many share their inputs. */
export type Known = Map<Rel, ReadonlySet<number>>;

/** Columns that a plan reads and does not make; of rounds, the first column of their iteration. */
function freeOf(rel: Rel, known: Known): ReadonlySet<number> {
  const found = known.get(rel) ?? findFree(rel, known);
  known.set(rel, found);
  return found;
}

function findFree(rel: Rel, known: Known): ReadonlySet<number> {
  if (rel.kind === "last") return new Set([rel.iteration]);
  const inputs = inputsOf(rel);
  const made = new Set(inputs.flatMap((input) => allColumns(input).map((column) => column.id)));
  const free = new Set<number>();
  const note = (ids: Iterable<number>): void => {
    for (const id of ids) free.add(id);
  };
  for (const scalar of scalarsOf(rel)) note(readBy(scalar, made, known));
  for (const input of inputs) note(freeOf(input, known));
  if (rel.kind === "apply") for (const column of allColumns(rel.input)) free.delete(column.id);
  if (rel.kind === "iterate") free.delete(rel.columns[0]?.id ?? 0);
  return free;
}

function readBy(scalar: Scalar, made: ReadonlySet<number>, known: Known): readonly number[] {
  const outside = (ids: Iterable<number>): readonly number[] => [...ids].filter((id) => !made.has(id));
  switch (scalar.kind) {
    case "literal":
      return [];
    case "column":
      return outside([scalar.id]);
    case "call":
      return scalar.args.flatMap((arg) => readBy(arg, made, known));
    case "scalarQuery":
      return outside(freeOf(scalar.query, known));
    case "inQuery":
      return [...readBy(scalar.value, made, known), ...outside(freeOf(scalar.query, known))];
  }
}
