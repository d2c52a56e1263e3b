import type { Column } from "../../ir/column.ts";
import type { Rel } from "../../ir/rel.ts";
import type { Scalar } from "../../ir/scalar.ts";
import type { BindContext } from "../context.ts";

/** A node of a pattern, or the one between two edges of a path, under its own copy of the graph's nodes. */
export interface NodePart {
  readonly kind: "node";
  readonly name: string | undefined;
  readonly rel: Rel;
  readonly id: Column;
  readonly key: Column;
  /** What the query sees of it. */
  readonly columns: readonly Column[];
  /** How many edges come and go, where the query asks. */
  readonly degrees: Map<"in" | "out", Column>;
}

/** An edge of a pattern, under its own copy of the graph's edges. */
export interface EdgePart {
  readonly kind: "edge";
  readonly name: string | undefined;
  readonly rel: Rel;
  readonly id: Column;
  /** The numbers of the nodes on its left and on its right in the pattern. */
  readonly left: Column;
  readonly right: Column;
  readonly columns: readonly Column[];
}

/** What is gathered along a path: of each edge, or of each node between its ends. */
export interface Gathered {
  readonly column: Column;
  readonly over: "edges" | "inner nodes";
  readonly how: "list" | "all" | "any";
  /** Over the columns of one edge, or of one inner node. */
  readonly value: Scalar;
}

/** An edge of variable length. */
export interface PathPart {
  readonly kind: "path";
  readonly name: string | undefined;
  /** One edge of it, and the node on its near side. */
  readonly edge: EdgePart;
  readonly inner: NodePart;
  readonly min: number;
  readonly max: number;
  /** The numbers of the nodes at its ends in the pattern, its length, and its edges and nodes as `,1,2,`. */
  readonly left: Column;
  readonly right: Column;
  readonly length: Column;
  readonly edges: Column;
  readonly nodes: Column;
  readonly gathered: Gathered[];
  /** Conditions on each edge and each inner node, checked while the path grows. */
  readonly eachEdge: Scalar[];
  readonly eachInner: Scalar[];
}

export interface Link {
  readonly left: NodePart;
  readonly right: NodePart;
  readonly edge: EdgePart | PathPart;
}

export interface Pattern {
  readonly nodes: readonly NodePart[];
  readonly links: readonly Link[];
  readonly sequences: number;
  /** Nodes as they are written, one named twice counted twice. */
  readonly places: number;
}

export function pathOf(
  edge: EdgePart,
  inner: NodePart,
  [min, max]: readonly [number, number],
  context: BindContext,
): PathPart {
  const long = (name: string): Column => context.newColumn(name, "long", false);
  const text = (name: string): Column => context.newColumn(name, "string", false);
  return {
    kind: "path",
    name: edge.name,
    edge,
    inner,
    min,
    max,
    left: long("$left"),
    right: long("$right"),
    length: long("$length"),
    edges: text("$edges"),
    nodes: text("$nodes"),
    gathered: [],
    eachEdge: [],
    eachInner: [],
  };
}
