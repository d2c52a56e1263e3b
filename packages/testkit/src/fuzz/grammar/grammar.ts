import type { ColumnSchema, KqlType, TableSchema } from "@goshawk/kql";
import type { Random } from "../../rows/random.ts";
import { columnName, type Tree } from "../tree.ts";
import type { Call } from "./calls.ts";

/** A table that let statements give, and what they make it with. */
interface LetTable {
  readonly tree: Tree;
  readonly columns: Columns;
}

interface LetFunction {
  readonly name: string;
  readonly parameters: readonly KqlType[];
  readonly result: KqlType;
}

/** What the let statements before a query declare. */
export interface Lets {
  readonly statements: Tree[];
  readonly functions: LetFunction[];
  readonly tables: LetTable[];
}

/** What the making of one query draws from and notes. */
export interface Grammar {
  readonly random: Random;
  /** Only what has one answer is made: no ties, no chance, no sums whose order counts. */
  readonly exact: boolean;
  /** Constructs whose answer is not determined. */
  readonly vague: Set<string>;
  readonly tables: readonly TableSchema[];
  /** Filled before the query is made. */
  readonly lets: Lets;
  /** Calls that must come up soon, so that all come up. */
  readonly due: Call[];
  /** A name that the query does not have yet. */
  readonly fresh: (prefix: string) => string;
  /** Whether Microsoft's binder takes a query. */
  readonly isTaken: (query: Tree) => boolean;
  /** The columns of a subquery, or undefined where Microsoft's binder does not take it. */
  readonly columnsOf: (query: Tree) => readonly ColumnSchema[] | undefined;
}

/** Columns that an expression may name. */
export type Columns = readonly ColumnSchema[];

export const types: readonly [KqlType, ...KqlType[]] = [
  "string",
  "long",
  "dynamic",
  "datetime",
  "real",
  "bool",
  "timespan",
  "int",
  "decimal",
  "guid",
];

export function chance({ random }: Grammar, percent: number): boolean {
  return random.below(100) < percent;
}

export function oneOf<T>({ random }: Grammar, items: readonly T[]): T | undefined {
  return items[random.below(items.length)];
}

/** Up to `most` different items, at least one where there is one. */
export function someOf<T>({ random }: Grammar, items: readonly T[], most: number): readonly T[] {
  const rest = [...items];
  const count = Math.min(rest.length, 1 + random.below(most));
  return Array.from({ length: count }, () => rest.splice(random.below(rest.length), 1)).flat();
}

export function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export const columnTree = ({ name }: ColumnSchema): Tree => columnName(name);

/** Types that can be keys of a sort, a group or a join. */
export const isKey = ({ type }: ColumnSchema): boolean => type !== "dynamic";
