import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Column } from "../../ir/column.ts";
import type { Graph, Rel } from "../../ir/rel.ts";
import { child, list, nameOf, optional, type Syntax } from "../../syntax/tree.ts";
import type { BindContext } from "../context.ts";
import { fresh } from "../table.ts";
import { type EdgePart, type Link, type NodePart, type PathPart, type Pattern, pathOf } from "./parts.ts";
import { bothWays } from "./ways.ts";

/** The sequences of nodes and edges after the operator's name; a node named twice is one node. */
export function patternOf(node: Syntax, graph: Graph, context: BindContext): Pattern {
  const nodes: NodePart[] = [];
  const links: Link[] = [];
  const names = new Set<string>();
  let places = 0;
  const sequences = list(node, "Patterns");
  const nodeAt = (at: Syntax): NodePart => {
    places++;
    const name = partName(at);
    const known = name === undefined ? undefined : nodes.find((item) => item.name === name);
    if (known !== undefined) return known;
    const made = nodePart(name, graph, at, context);
    nodes.push(made);
    return made;
  };
  for (const sequence of sequences) {
    const [first, ...rest] = list(sequence, "PatternElements");
    if (first === undefined) continue;
    let left = nodeAt(first);
    for (let index = 0; index + 1 < rest.length; index += 2) {
      const [edge, right] = [rest[index] as Syntax, nodeAt(rest[index + 1] as Syntax)];
      links.push({ left, right, edge: edgeAt(edge, names, graph, context) });
      left = right;
    }
  }
  return { nodes, links, sequences: sequences.length, places };
}

function partName(at: Syntax): string | undefined {
  const name = optional(at, "Name");
  return name === undefined || nameOf(name) === "" ? undefined : nameOf(name);
}

function nodePart(name: string | undefined, graph: Graph, at: Syntax, context: BindContext): NodePart {
  const rel = fresh(graph.nodes, at.span, context);
  const [id, key] = rel.columns.slice(graph.nodeColumns) as [Column, Column];
  return { kind: "node", name, rel, id, key, columns: rel.columns.slice(0, graph.nodeColumns), degrees: new Map() };
}

function edgeAt(at: Syntax, names: Set<string>, graph: Graph, context: BindContext): EdgePart | PathPart {
  const name = partName(at);
  if (name !== undefined && names.has(name))
    return refuse("unsupported-syntax", at.span, {
      construct: `The edge '${name}' twice in a pattern`,
      reason: "give each edge a name of its own",
    });
  if (name !== undefined) names.add(name);
  const rel = waysOf(at, graph, context);
  const [id, from, to] = rel.columns.slice(graph.edgeColumns) as [Column, Column, Column];
  const columns = rel.columns.slice(0, graph.edgeColumns);
  const [left, right] = child(at, "FirstToken").text.startsWith("<") ? [to, from] : [from, to];
  const edge: EdgePart = { kind: "edge", name, rel, id, left, right, columns };
  const range = optional(at, "Range");
  return range === undefined
    ? edge
    : pathOf(edge, nodePart(undefined, graph, at, context), lengthsOf(range, context), context);
}

/** The edges, or where the pattern gives no direction, each edge both ways. */
function waysOf(at: Syntax, graph: Graph, context: BindContext): Rel {
  const last = optional(at, "LastToken")?.text ?? child(at, "FirstToken").text;
  const directed = child(at, "FirstToken").text.startsWith("<") || last.endsWith(">");
  return directed ? fresh(graph.edges, at.span, context) : bothWays(graph, at, context);
}

function lengthsOf(range: Syntax, context: BindContext): readonly [number, number] {
  const [min, max] = ["RangeStart", "RangeEnd"].map((field) => {
    const bound = optional(range, field);
    const value =
      bound === undefined ? undefined : context.scalar(bound, { columns: [], env: { names: new Map() }, context });
    if (value?.kind === "literal" && typeof value.value === "bigint") return Number(value.value);
    return refuse("not-a-constant", range.span, { name: "graph-match", what: "the lengths of an edge" });
  }) as [number, number];
  return [min, max];
}
