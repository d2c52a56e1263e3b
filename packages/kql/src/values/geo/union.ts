import { s2 } from "./library.ts";
import { cut, edgesOf, joined } from "./lines.ts";
import { between, equal } from "./segments.ts";
import { angleBetween, type Vector } from "./sphere.ts";

type S2Polygon = InstanceType<ReturnType<typeof s2>["Polygon"]>;
type Edge = readonly [Vector, Vector];

/** Polygons that overlap or touch as one polygon; those that do neither as they are. */
export function merged(polygons: readonly S2Polygon[]): readonly S2Polygon[] {
  const apart = polygons.every((one, index) => polygons.slice(index + 1).every((other) => !touch(one, other)));
  if (apart) return polygons;
  const loops = loopsOf(outline(polygons.map(borders)).filter((edge) => !inside(edge, polygons)));
  const { Loop, Point, Polygon } = s2();
  return [new Polygon(loops.map((loop) => new Loop(loop.map(({ x, y, z }) => new Point(x, y, z)))))];
}

function touch(one: S2Polygon, other: S2Polygon): boolean {
  return (
    one.intersects(other) || borders(one).some((a) => borders(other).some((b) => sameEdge(a, b) || opposite(a, b)))
  );
}

/** The edges of a polygon with its inside to their left. */
function borders(polygon: S2Polygon): readonly Edge[] {
  return Array.from({ length: polygon.numLoops() }, (_, index) => polygon.loop(index)).flatMap((loop) => {
    const corners = Array.from({ length: loop.numVertices() + 1 }, (_, corner): Vector => loop.orientedVertex(corner));
    return edgesOf(corners);
  });
}

const sameEdge = ([a, b]: Edge, [c, d]: Edge): boolean => equal(a, c) && equal(b, d);
const opposite = ([a, b]: Edge, [c, d]: Edge): boolean => equal(a, d) && equal(b, c);

/** All borders in pieces that no other border crosses; what two polygons share counts once, or not at all between them. */
function outline(all: readonly (readonly Edge[])[]): readonly Edge[] {
  const pieces = all.flatMap((edges, index) => {
    const others = all.filter((_, other) => other !== index).flat();
    return edges.flatMap((edge) => atCorners(edge, others)).flatMap((edge) => cut(edge, others));
  });
  return pieces.filter(
    (piece, index) =>
      !pieces.some((other) => opposite(piece, other)) && pieces.findIndex((other) => sameEdge(piece, other)) === index,
  );
}

/** An edge in pieces that end where corners of others lie on it. */
function atCorners([a, b]: Edge, others: readonly Edge[]): readonly Edge[] {
  const corners = others.map(([corner]) => corner).filter((corner) => liesWithin(corner, a, b));
  const sorted = [...corners].sort((p, q) => angleBetween(a, p) - angleBetween(a, q));
  return edgesOf([a, ...sorted.filter((corner, index) => index === 0 || !equal(corner, sorted[index - 1] ?? a)), b]);
}

function liesWithin(p: Vector, a: Vector, b: Vector): boolean {
  if (equal(p, a) || equal(p, b) || Math.abs(offLine(p, a, b)) > 1e-15) return false;
  return angleBetween(a, p) + angleBetween(p, b) - angleBetween(a, b) < 1e-14;
}

function inside([a, b]: Edge, polygons: readonly S2Polygon[]): boolean {
  const { x, y, z } = between(a, b, 0.5);
  const middle = new (s2().Point)(x, y, z);
  return polygons.some(
    (polygon) => polygon.containsPoint(middle) && !borders(polygon).some((edge) => isPart([a, b], edge)),
  );
}

/** Whether a piece is a part of an edge: its ends are on the edge's circle, between the edge's ends. */
function isPart([a, b]: Edge, [c, d]: Edge): boolean {
  return [a, b].every((end) => equal(end, c) || equal(end, d) || Math.abs(offLine(end, c, d)) < 1e-14);
}

function offLine(p: Vector, a: Vector, b: Vector): number {
  return p.x * (a.y * b.z - a.z * b.y) + p.y * (a.z * b.x - a.x * b.z) + p.z * (a.x * b.y - a.y * b.x);
}

/** Edges that follow one another, as closed loops without the corner that closes them. */
function loopsOf(edges: readonly Edge[]): readonly (readonly Vector[])[] {
  const left = [...edges];
  const loops: Vector[][] = [];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const chain = [first];
    for (;;) {
      const end = chain.at(-1)?.[1];
      const next = left.findIndex(([start]) => end !== undefined && near(start, end));
      const [edge] = next < 0 ? [] : left.splice(next, 1);
      if (edge === undefined) break;
      chain.push(edge);
    }
    const [points = []] = joined(chain.map(([start], index) => [start, chain[index + 1]?.[0] ?? first[0]] as const));
    if (points.length > 3) loops.push(points.slice(0, -1));
  }
  return loops;
}

/** The point in which two edges cross is reckoned from either edge, with a last digit that may differ. */
const near = (a: Vector, b: Vector): boolean => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z) < 1e-14;
