import type { Flat, Plane } from "./plane.ts";
import type { Vector } from "./sphere.ts";

/** A closed chain of corners, the first not repeated; what lies to its left is inside of its group. */
export interface Ring {
  readonly corners: readonly Vector[];
  readonly group: number;
  /** The last corner does not lead back to the first. */
  readonly open?: boolean;
}

/** A corner, or a place in which edges cross. */
export interface Node {
  readonly at: Vector;
  readonly flat: Flat;
}

/** A part of edges that nothing crosses, from one node to another. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** The number of the edge that it is a part of, the first where there are several. */
  readonly edge: number;
  readonly group: number;
}

interface Edge extends Piece {
  readonly cuts: number[];
}

/** Places nearer to one another are one: what the sphere's coordinates and their rounding leave open. */
const NEAR = 1e-14;

/** Edges in pieces that meet in nodes alone. */
export interface Pieces {
  readonly nodes: readonly Node[];
  readonly pieces: readonly Piece[];
}

export function piecesOf(rings: readonly Ring[], plane: Plane): Pieces {
  const nodes: Node[] = [];
  const numbered = nodeNumbers(nodes);
  const edges = edgesOf(rings, (at) => numbered(at, plane.flat(at)));
  cutAll(edges, nodes, (flat) => numbered(plane.round(flat), flat));
  return { nodes, pieces: edges.flatMap((edge) => cutUp(edge, nodes)) };
}

/** Numbers for places; near ones share one. */
function nodeNumbers(nodes: Node[]): (at: Vector, flat: Flat) => number {
  const cells = new Map<string, number[]>();
  const SIDE = 1e-9;
  return (at, flat) => {
    const [column, row] = [Math.round(flat[0] / SIDE), Math.round(flat[1] / SIDE)];
    for (const x of [column - 1, column, column + 1])
      for (const y of [row - 1, row, row + 1])
        for (const index of cells.get(`${x} ${y}`) ?? []) {
          const other = nodes[index];
          if (other !== undefined && distance(other.flat, flat) <= NEAR) return index;
        }
    nodes.push({ at, flat });
    const key = `${column} ${row}`;
    cells.set(key, [...(cells.get(key) ?? []), nodes.length - 1]);
    return nodes.length - 1;
  };
}

function edgesOf(rings: readonly Ring[], numberOf: (at: Vector) => number): readonly Edge[] {
  let count = 0;
  return rings.flatMap(({ corners, group, open = false }) => {
    const numbers = corners.map(numberOf);
    const edges = numbers.map((from, index): Edge => {
      const to = numbers[(index + 1) % numbers.length] ?? from;
      return { from, to, edge: count++, group, cuts: [] };
    });
    return open ? edges.slice(0, -1) : edges;
  });
}

/** Notes for every edge the nodes in which others meet it. */
function cutAll(edges: readonly Edge[], nodes: readonly Node[], newNode: (at: Flat) => number): void {
  const flat = (index: number): Flat => nodes[index]?.flat ?? [0, 0];
  const low = (edge: Edge): number => Math.min(flat(edge.from)[0], flat(edge.to)[0]) - NEAR;
  const high = (edge: Edge): number => Math.max(flat(edge.from)[0], flat(edge.to)[0]) + NEAR;
  const sorted = edges.filter(({ from, to }) => from !== to).sort((a, b) => low(a) - low(b));
  sorted.forEach((one, index) => {
    const end = high(one);
    for (let next = index + 1; next < sorted.length; next++) {
      const other = sorted[next];
      if (other === undefined || low(other) > end) break;
      meet(one, other, flat, newNode);
    }
  });
}

function meet(one: Edge, other: Edge, flat: (index: number) => Flat, newNode: (at: Flat) => number): void {
  const [a, b, c, d] = [flat(one.from), flat(one.to), flat(other.from), flat(other.to)];
  const ends = [one.from, one.to].some((end) => end === other.from || end === other.to);
  const on = [
    ...[other.from, other.to].filter((end) => liesOn(flat(end), a, b) && one.cuts.push(end) > 0),
    ...[one.from, one.to].filter((end) => liesOn(flat(end), c, d) && other.cuts.push(end) > 0),
  ];
  if (ends || on.length > 0) return;
  const [p, q, r, s] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (p * q >= 0 || r * s >= 0) return;
  const part = r / (r - s);
  const node = newNode([a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]);
  one.cuts.push(node);
  other.cuts.push(node);
}

/** Whether a place lies between the ends of an edge, and is neither. */
function liesOn(p: Flat, a: Flat, b: Flat): boolean {
  const length = distance(a, b);
  if (Math.abs(side(a, b, p)) > NEAR * length || distance(p, a) <= NEAR || distance(p, b) <= NEAR) return false;
  const along = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length;
  return along > 0 && along < length;
}

function cutUp(edge: Edge, nodes: readonly Node[]): readonly Piece[] {
  const start = nodes[edge.from]?.flat ?? [0, 0];
  const far = (index: number): number => distance(start, nodes[index]?.flat ?? start);
  const stops = [edge.from, ...[...new Set(edge.cuts)].sort((a, b) => far(a) - far(b)), edge.to];
  return stops.flatMap((from, index): readonly Piece[] => {
    const to = stops[index + 1];
    return to === undefined || to === from ? [] : [{ from, to, edge: edge.edge, group: edge.group }];
  });
}

const distance = (a: Flat, b: Flat): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Twice the area of a triangle: above zero where `p` lies to the left of the way from `a` to `b`. */
export function side(a: Flat, b: Flat, p: Flat): number {
  return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}
