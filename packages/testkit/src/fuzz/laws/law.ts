import type { ResultTable } from "@goshawk/engine";
import { exactly } from "../../compare/cell.ts";
import { rowsDifference } from "../../compare/rows.ts";
import type { Random } from "../../rows/random.ts";
import type { RandomQuery } from "../grammar/query.ts";
import type { Outcome } from "../outcome.ts";
import type { World } from "../world.ts";

/** A query and its answer, for a law to be held against. */
export interface Held {
  readonly query: RandomQuery;
  readonly text: string;
  /** The let statements before it, and what runs a query after them. */
  readonly lets: string;
  run(text: string, how?: { readonly asBound?: boolean }): Promise<Outcome>;
  readonly table: ResultTable;
  readonly world: World;
  /** The same at every trial of one failure. */
  readonly random: Random;
}

/** Something that is true of every query. */
export interface Law {
  readonly name: string;
  /** It compares rows, so what has no single answer can't be held to it. */
  readonly exact: boolean;
  /** What breaks it, if anything does. */
  readonly check: (held: Held) => Promise<string | undefined>;
}

/** What differs between two answers, columns and rows. */
export function difference(expected: ResultTable, actual: ResultTable, ordered: boolean): string | undefined {
  if (expected.truncated || actual.truncated) return undefined;
  const columns = columnsDifference(expected, actual);
  if (columns !== undefined) return columns;
  return rowsDifference(expected.rows, actual.rows, {
    ...exactly,
    types: expected.columns.map(({ type }) => type),
    order: ordered ? "given" : "any",
    sortKeys: null,
    extent: "all",
  });
}

function columnsDifference(expected: ResultTable, actual: ResultTable): string | undefined {
  const [one, other] = [expected, actual].map(({ columns }) =>
    columns.map(({ name, type }) => `${name}: ${type}`).join(", "),
  );
  return one === other ? undefined : `columns (${other}) instead of (${one})`;
}
