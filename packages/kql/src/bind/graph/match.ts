import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Column } from "../../ir/column.ts";
import type { Graph, Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import type { Syntax } from "../../syntax/tree.ts";
import { call } from "../call.ts";
import type { BindContext } from "../context.ts";
import { nodeRows } from "./degrees.ts";
import type { EdgePart, Link, NodePart, PathPart, Pattern } from "./parts.ts";
import { type Cycles, notListed, pathRows } from "./paths.ts";
import { joined, where } from "./rows.ts";

export interface Matching {
  readonly graph: Graph;
  readonly cycles: Cycles;
  readonly onePerPair: boolean;
  readonly context: BindContext;
}

/** A row for each way in which the pattern lies in the graph, for which all conditions hold. */
export function matchRows(pattern: Pattern, conditions: readonly Scalar[], node: Syntax, matching: Matching): Rel {
  const owned = new Map(
    pattern.nodes.map((part) => [part, conditions.filter((item) => readsOnly(item, part))] as const),
  );
  const rest = conditions.filter((item) => ![...owned.values()].some((own) => own.includes(item)));
  const rowsOf = (part: NodePart): Rel =>
    where(nodeRows(part, matching.graph, matching.context), owned.get(part) ?? []);
  const start = pattern.nodes.find((part) => (owned.get(part)?.length ?? 0) > 0) ?? pattern.nodes[0];
  if (start === undefined) return refuse("empty-query", node.span, {});
  const bound: NodePart[] = [start];
  const edges: (EdgePart | PathPart)[] = [];
  const open = [...pattern.links];
  let rows = rowsOf(start);
  while (open.length > 0) {
    const index = open.findIndex((link) => bound.includes(link.left) || bound.includes(link.right));
    const [link] = open.splice(Math.max(index, 0), 1);
    if (index < 0 || link === undefined) return disconnected(node);
    const { near, far } = ends(link, bound);
    const known = bound.includes(far);
    rows = along(rows, link, near, known, matching);
    const reached = link.left === far ? link.edge.left : link.edge.right;
    if (!known) rows = joined(rows, rowsOf(far), [[reached, far.id]]);
    rows = where(rows, apart(link.edge, far, bound, edges, node, matching.cycles));
    if (!known) bound.push(far);
    edges.push(link.edge);
  }
  return bound.length < pattern.nodes.length ? disconnected(node) : where(rows, rest);
}

function disconnected(node: Syntax): never {
  return refuse("unsupported-syntax", node.span, {
    construct: "A pattern of parts that do not hang together",
    reason: "Kusto takes connected patterns alone; let its sequences share a node",
  });
}

function ends(link: Link, bound: readonly NodePart[]): { readonly near: NodePart; readonly far: NodePart } {
  const { left, right } = link;
  return bound.includes(left) ? { near: left, far: right } : { near: right, far: left };
}

/** The rows with the link's edge, or path, from `near` on; to its other end where that is known. */
function along(rows: Rel, link: Link, near: NodePart, known: boolean, matching: Matching): Rel {
  const { edge } = link;
  const fromLeft = near === link.left;
  const added = edge.kind === "edge" ? edge.rel : pathRows(edge, rows, near.id, { ...matching, fromLeft });
  const [here, there] = fromLeft ? [edge.left, edge.right] : [edge.right, edge.left];
  const other = fromLeft ? link.right : link.left;
  const pairs: (readonly [Column, Column])[] = [[near.id, here]];
  if (known) pairs.push([other.id, there]);
  return joined(rows, added, pairs);
}

/** That the new edge, or its nodes, are not in the match already. */
function apart(
  edge: EdgePart | PathPart,
  far: NodePart,
  nodes: readonly NodePart[],
  edges: readonly (EdgePart | PathPart)[],
  node: Syntax,
  cycles: Cycles,
): readonly Scalar[] {
  if (cycles === "all") return [];
  const at = node.span;
  if (cycles === "unique_edges") return edges.map((other) => otherEdges(edge, other, node));
  const paths = edges.filter((other) => other.kind === "path");
  if (edge.kind === "edge")
    return [
      ...nodes.map((other) => call("!=", [columnRef(far.id), columnRef(other.id)], at)),
      ...paths.map((other) => notListed(columnRef(other.nodes), far.id, at)),
    ];
  return [
    ...nodes.map((other) => notListed(columnRef(edge.nodes), other.id, at)),
    ...paths.map((other) => disjoint(edge, other, "nodes", node)),
  ];
}

function otherEdges(a: EdgePart | PathPart, b: EdgePart | PathPart, node: Syntax): Scalar {
  if (a.kind === "path" && b.kind === "path") return disjoint(a, b, "edges", node);
  if (a.kind === "path") return notListed(columnRef(a.edges), (b as EdgePart).id, node.span);
  if (b.kind === "path") return notListed(columnRef(b.edges), a.id, node.span);
  return call("!=", [columnRef(a.id), columnRef(b.id)], node.span);
}

/** That two paths have no edge, or node, in common. */
function disjoint(a: PathPart, b: PathPart, of: "edges" | "nodes", node: Syntax): Scalar {
  const at = node.span;
  const array = (list: Column): Scalar =>
    call("split", [call("trim", [literal("string", ","), columnRef(list)], at), literal("string", ",")], at);
  const none = literal("long", 0n);
  const shared = call("array_length", [call("set_intersect", [array(a[of]), array(b[of])], at)], at);
  const empty = [a, b].map((path) => call("==", [columnRef(path.length), none], at));
  return empty.reduce((any, test) => call("or", [any, test], at), call("==", [shared, none], at));
}

/** Whether a condition is about this node and nothing else. */
function readsOnly(condition: Scalar, part: NodePart): boolean {
  const own = new Set([...part.columns, part.key, ...part.degrees.values()].map((column) => column.id));
  const read = columnsRead(condition);
  return read.length > 0 && read.every((id) => own.has(id));
}

/** Whether a condition is about nodes of the pattern, each by itself. */
export function readsNodesOnly(condition: Scalar, pattern: Pattern): boolean {
  return columnsRead(condition).length === 0 || pattern.nodes.some((part) => readsOnly(condition, part));
}

function columnsRead(value: Scalar): readonly number[] {
  if (value.kind === "column") return [value.id];
  if (value.kind === "inQuery") return columnsRead(value.value);
  return value.kind === "call" ? value.args.flatMap(columnsRead) : [];
}
