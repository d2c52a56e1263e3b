import type { Span } from "../diagnostics/span.ts";
import type { Column } from "./column.ts";
import type { LiteralValue, Scalar } from "./scalar.ts";

/** A relational expression. */
export type Rel =
  | Read
  | Values
  | Filter
  | Project
  | Aggregate
  | Sort
  | Limit
  | Join
  | Union
  | Unnest
  | Window
  | Apply
  | Scan
  | Iterate
  | Last;

interface Node {
  /** The ordered columns that the operator shows. */
  readonly columns: readonly Column[];
  /** Columns kept out of sight because `ordering` needs them. */
  readonly hidden: readonly Column[];
  /** How the rows are serialized, outermost key first; empty when their order means nothing. */
  readonly ordering: readonly OrderingKey[];
  /** The KQL it came from. */
  readonly origin: Span;
  /** Where `make-graph` made it: the graph, for the graph operators after it. */
  readonly graph?: Graph;
}

/** Nodes and edges under numbers of ours. */
export interface Graph {
  readonly nodes: Rel;
  readonly edges: Rel;
  /** How many columns of `nodes` the query sees; after them come the node's number and what identifies it. */
  readonly nodeColumns: number;
  /** How many columns of `edges` the query sees; after them come the edge's number and those of its two nodes. */
  readonly edgeColumns: number;
}

/** One sort key over a column of the node itself. Null is Kusto's smallest value unless `nullsFirst` says otherwise. */
export interface OrderingKey {
  readonly column: number;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** Rows of a stored table. */
export interface Read extends Node {
  readonly kind: "read";
  readonly table: string;
}

/** Rows written in the query: `datatable`, `print`, an empty table. */
export interface Values extends Node {
  readonly kind: "values";
  readonly rows: readonly (readonly LiteralValue[])[];
}

/** Keeps the rows for which `predicate` is true; null counts as false. */
export interface Filter extends Node {
  readonly kind: "filter";
  readonly input: Rel;
  readonly predicate: Scalar;
}

/** Computes each output column from the input row. */
export interface Project extends Node {
  readonly kind: "project";
  readonly input: Rel;
  readonly items: readonly Item[];
}

/** An output column and the expression that gives it. */
export interface Item {
  readonly column: Column;
  readonly value: Scalar;
}

/** Groups by `keys`; without keys there is one group, even of no rows. */
export interface Aggregate extends Node {
  readonly kind: "aggregate";
  readonly input: Rel;
  readonly keys: readonly Item[];
  readonly aggregates: readonly AggregateItem[];
}

export interface AggregateItem {
  readonly column: Column;
  readonly call: AggregateCall;
}

/** An aggregation function of the registry over the rows of a group. */
export interface AggregateCall {
  readonly name: string;
  readonly overload: number;
  readonly args: readonly Scalar[];
  /** Only rows where this is true take part. */
  readonly filter?: Scalar;
  readonly origin: Span;
}

/** Serializes the rows by `ordering`. */
export interface Sort extends Node {
  readonly kind: "sort";
  readonly input: Rel;
}

/** The first `count` rows of the input's order. */
export interface Limit extends Node {
  readonly kind: "limit";
  readonly input: Rel;
  readonly count: Scalar;
}

/** Relational join. Kusto's `innerunique` is an `inner` join of a left side already reduced to a row a key. */
export interface Join extends Node {
  readonly kind: "join";
  readonly join: "inner" | "left" | "right" | "full" | "semi" | "anti";
  readonly left: Rel;
  readonly right: Rel;
  readonly on: readonly JoinKey[];
  /** For each output column, the column of a side that it shows. */
  readonly items: readonly Item[];
}

/** An equality of a left and a right expression; null matches null. */
export interface JoinKey {
  readonly left: Scalar;
  readonly right: Scalar;
}

/** All rows of all inputs; `sources[i]` gives the output columns from input i. */
export interface Union extends Node {
  readonly kind: "union";
  readonly inputs: readonly Rel[];
  readonly sources: readonly (readonly Item[])[];
}

/** `mv-expand`: a row for each index of the longest of `arrays`. */
export interface Unnest extends Node {
  readonly kind: "unnest";
  readonly input: Rel;
  readonly arrays: readonly UnnestItem[];
  /** How many rows there are for each input row, where no array says it. */
  readonly count?: Scalar;
  /** Zero-based index column, when asked for. */
  readonly index?: Column;
  /** At most this many rows for each input row. */
  readonly limit?: number;
  /** True: a row survives whose arrays are all null (one row of nulls). Empty arrays always give no row. */
  readonly keepNull: boolean;
}

export interface UnnestItem {
  readonly column: Column;
  /** A `dynamic` expression: array, bag (one single-property bag a row), scalar or null. */
  readonly value: Scalar;
  /** `kind=array`: bags become `[key, value]` pairs. */
  readonly bagAsArray: boolean;
}

/** Adds columns computed over the ordered rows. */
export interface Window extends Node {
  readonly kind: "window";
  readonly input: Rel;
  readonly items: readonly WindowItem[];
}

export interface WindowItem {
  readonly column: Column;
  /** A window function of the registry. */
  readonly name: string;
  readonly args: readonly Scalar[];
  readonly partitionBy: readonly Scalar[];
  readonly orderBy: readonly OrderingKey[];
  readonly origin: Span;
}

/** For each row of `input`, the rows of `query`, which may use the input's columns. */
export interface Apply extends Node {
  readonly kind: "apply";
  readonly input: Rel;
  readonly query: Rel;
}

/**
 * `scan`: the rows one after another past the steps of a pattern, last step first, each step keeping the values that
 * later rows are compared with. A row comes out once for each step that it matches.
 */
export interface Scan extends Node {
  readonly kind: "scan";
  readonly input: Rel;
  /** The column by which the rows are numbered. */
  readonly row: number;
  /** Columns that steps assign. */
  readonly declared: readonly ScanColumn[];
  readonly steps: readonly ScanStep[];
  readonly state: readonly StateColumn[];
  /** The number of the sequence that a row belongs to. */
  readonly matchId?: Column;
  /** Numbers the output rows. */
  readonly order: Column;
}

export interface ScanColumn {
  readonly column: Column;
  /** What it holds in a step without a sequence, and in a row whose step does not assign it. */
  readonly initial: Scalar;
  /** The column of the input whose place it takes: a row that does not assign it keeps that one's value. */
  readonly replaces?: number;
}

export interface ScanStep {
  readonly output: "all" | "last" | "none";
  readonly condition: Scalar;
  /** Values for declared columns, by their place. */
  readonly assignments: readonly { readonly declared: number; readonly value: Scalar }[];
}

/** A value that a step keeps: a column of the input or a declared one, of the last row that matched the step. */
export interface StateColumn {
  /** By this id expressions refer to it. */
  readonly id: number;
  readonly step: number;
  readonly type: Column["type"];
  readonly source: { readonly input: number } | { readonly declared: number };
}

/**
 * The rows of `seed`, and round after round what `step` makes of the rows of the round before, until it makes none.
 * With a `key`, a new row takes the place of the one of the same key.
 */
export interface Iterate extends Node {
  readonly kind: "iterate";
  readonly seed: Rel;
  readonly step: Rel;
  readonly key?: number;
}

/** Inside the `step` of an `Iterate`: the rows of the round before, or `all` rows so far, under the iteration's columns. */
export interface Last extends Node {
  readonly kind: "last";
  /** The first column of the iteration. */
  readonly iteration: number;
  /** The columns of the iteration that its own columns show. */
  readonly iterated: readonly number[];
  readonly all: boolean;
}
