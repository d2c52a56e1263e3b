import { type Node, type Piece, type Pieces, side } from "./pieces.ts";
import type { Flat } from "./plane.ts";
import type { Vector } from "./sphere.ts";

/** A shell and its holes, without the corners that close them. */
export type Rings = readonly (readonly Vector[])[];

type Loop = readonly Piece[];

/** Borders that follow one another as polygons, in S2's order: each ring ends with its edge of the highest number. */
export function polygonsOf({ nodes, pieces }: Pieces): readonly Rings[] {
  const loops = loopsOf(pieces, nodes).map(rotated);
  const sorted = [...loops].sort((a, b) => (a[0]?.edge ?? 0) - (b[0]?.edge ?? 0));
  const corners = (loop: Loop): readonly Flat[] => loop.map((piece) => nodes[piece.from]?.flat ?? [0, 0]);
  const shells = sorted.filter((loop) => area(corners(loop)) > 0);
  const holes = sorted.filter((loop) => area(corners(loop)) < 0);
  const around = (loop: Loop): readonly Vector[] =>
    loop.flatMap((piece) => {
      const node = nodes[piece.from];
      return node === undefined ? [] : [node.at];
    });
  return shells.map((shell) => {
    const inside = holes.filter((hole) => smallestAround(hole, shells, corners) === shell);
    return [shell, ...inside].map(around);
  });
}

/** Closed ways; where several go on from a node, the way takes the sharpest turn to the left. */
function loopsOf(pieces: readonly Piece[], nodes: readonly Node[]): readonly Loop[] {
  const leaving = new Map<number, Piece[]>();
  for (const piece of pieces) leaving.set(piece.from, [...(leaving.get(piece.from) ?? []), piece]);
  const left = new Set(pieces);
  const loops: Loop[] = [];
  for (const first of pieces) {
    const way: Piece[] = [];
    for (let next: Piece | undefined = left.has(first) ? first : undefined; next !== undefined; ) {
      left.delete(next);
      way.push(next);
      const closed = way.findIndex((piece) => piece.from === next?.to);
      if (closed >= 0) loops.push(way.splice(closed));
      const last: Piece = next;
      const open = (leaving.get(last.to) ?? []).filter((piece) => left.has(piece));
      next = open.sort((a, b) => turn(last, b, nodes) - turn(last, a, nodes))[0];
    }
  }
  return loops.filter((loop) => loop.length > 2);
}

/** Radians to the left between two pieces that follow one another. */
function turn(one: Piece, next: Piece, nodes: readonly Node[]): number {
  const at = (index: number): Flat => nodes[index]?.flat ?? [0, 0];
  const [a, b, c] = [at(one.from), at(one.to), at(next.to)];
  const ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);
  return Math.atan2(side(a, b, c), ahead);
}

/** S2's canonical order of a loop: parts of one edge stay together, the edge of the highest number comes last. */
function rotated(loop: Loop): Loop {
  let last = 0;
  let gap = false;
  loop.forEach((piece, index) => {
    if (index === 0) return;
    const beyond = piece.edge - (loop[last]?.edge ?? 0);
    if (beyond < 0) gap = true;
    else if (beyond > 0 || !gap) {
      last = index;
      gap = false;
    }
  });
  return [...loop.slice(last + 1), ...loop.slice(0, last + 1)];
}

function area(corners: readonly Flat[]): number {
  const [first] = corners;
  if (first === undefined) return 0;
  return corners.reduce((total, corner, index) => total + side(first, corner, corners[index + 1] ?? first), 0);
}

function smallestAround(
  hole: Loop,
  shells: readonly Loop[],
  corners: (loop: Loop) => readonly Flat[],
): Loop | undefined {
  const [a, b] = corners(hole);
  if (a === undefined || b === undefined) return undefined;
  const middle: Flat = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const outer = shells.filter((shell) => surrounds(corners(shell), middle));
  return outer.sort((one, other) => area(corners(one)) - area(corners(other)))[0];
}

function surrounds(corners: readonly Flat[], [x, y]: Flat): boolean {
  let odd = false;
  corners.forEach((a, index) => {
    const b = corners[(index + 1) % corners.length] ?? a;
    if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) odd = !odd;
  });
  return odd;
}
