import type { Node, Piece, Pieces } from "./pieces.ts";
import type { Flat } from "./plane.ts";

/** How often each group goes around a place. */
export type Windings = readonly number[];

/** Pieces between the same nodes as one, from the lower to the higher number. */
interface Border {
  readonly from: number;
  readonly to: number;
  /** How often each group runs along it, less how often against it. */
  readonly runs: number[];
  edge: number;
}

export interface Outline extends Pieces {
  /** Borders between what is inside and what is not, the inside to their left. */
  readonly pieces: readonly Piece[];
  /** All pieces, borders or not. */
  readonly all: readonly Piece[];
}

/** The borders of all places whose windings are said to be inside. */
export function outlineOf(
  { nodes, pieces }: Pieces,
  groups: number,
  isInside: (windings: Windings) => boolean,
): Outline {
  const borders = bordersOf(pieces, groups);
  const kept: Piece[] = [];
  for (const border of borders) {
    const [left, right] = sidesOf(border, borders, nodes, groups);
    const [insideLeft, insideRight] = [isInside(left), isInside(right)];
    const { from, to, edge } = border;
    if (insideLeft === insideRight) continue;
    if (insideLeft) kept.push({ from, to, edge, group: 0 });
    else kept.push({ from: to, to: from, edge, group: 0 });
  }
  return { nodes, pieces: kept, all: pieces };
}

function bordersOf(pieces: readonly Piece[], groups: number): readonly Border[] {
  const found = new Map<string, Border>();
  for (const { from, to, edge, group } of pieces) {
    const [low, high] = from < to ? [from, to] : [to, from];
    const key = `${low} ${high}`;
    const border = found.get(key) ?? { from: low, to: high, runs: Array.from({ length: groups }, () => 0), edge };
    border.runs[group] = (border.runs[group] ?? 0) + (from < to ? 1 : -1);
    border.edge = Math.min(border.edge, edge);
    found.set(key, border);
  }
  return [...found.values()];
}

/** The windings to the left and to the right of a border, told by a ray from its middle across it. */
function sidesOf(
  border: Border,
  borders: readonly Border[],
  nodes: readonly Node[],
  groups: number,
): readonly [Windings, Windings] {
  const ends = ({ from, to }: Border): readonly [Flat, Flat] => [
    nodes[from]?.flat ?? [0, 0],
    nodes[to]?.flat ?? [0, 0],
  ];
  const [a, b] = ends(border);
  const upward = Math.abs(b[0] - a[0]) >= Math.abs(b[1] - a[1]);
  // A quarter turn makes of a ray to the right a ray upward.
  const turned = ([x, y]: Flat): Flat => (upward ? [x, y] : [-y, x]);
  const [start, end] = [turned(a), turned(b)];
  const middle: Flat = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2];
  const beyond = Array.from({ length: groups }, () => 0);
  for (const other of borders) {
    if (other === border) continue;
    const [c, d] = ends(other).map(turned) as [Flat, Flat];
    if (c[0] <= middle[0] === d[0] <= middle[0]) continue;
    const height = c[1] + ((middle[0] - c[0]) / (d[0] - c[0])) * (d[1] - c[1]);
    if (height <= middle[1]) continue;
    const turn = d[0] < c[0] ? 1 : -1;
    other.runs.forEach((runs, group) => {
      beyond[group] = (beyond[group] ?? 0) + turn * runs;
    });
  }
  const ahead = end[0] > start[0];
  const across = beyond.map((count, group) => count + (ahead ? -1 : 1) * (border.runs[group] ?? 0));
  return ahead ? [beyond, across] : [across, beyond];
}
