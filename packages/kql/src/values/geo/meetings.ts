import { type Chains, chains, chainText, cut, type Edge, edgesOf, joined } from "./lines.ts";
import { type Area, areaOf, contains } from "./polygons.ts";
import { between, crossing, equal, meet } from "./segments.ts";
import { collectionText, multiLineText, multiPointText, pointText } from "./shape.ts";
import { positionOf, type Vector } from "./sphere.ts";

const anyMeet = (left: Chains, right: Chains): boolean => left.some((a) => right.some((b) => meet(a, b)));
const anyInside = (chainsOf: Chains, area: Area): boolean =>
  chainsOf.some(([first]) => first !== undefined && contains(area, first));

export function linesIntersect(left: string, right: string): boolean | undefined {
  const [a, b] = [chains(left), chains(right)];
  return a === undefined || b === undefined ? undefined : anyMeet(a, b);
}

export function lineIntersectsPolygon(line: string, polygon: string): boolean | undefined {
  const [all, area] = [chains(line), areaOf(polygon)];
  if (all === undefined || area === undefined) return undefined;
  return anyInside(all, area) || anyMeet(all, area.rings);
}

export function polygonsIntersect(left: string, right: string): boolean | undefined {
  const [a, b] = [areaOf(left), areaOf(right)];
  if (a === undefined || b === undefined) return undefined;
  return anyInside(a.rings, b) || anyInside(b.rings, a) || anyMeet(a.rings, b.rings);
}

const sameEdge = ([a, b]: Edge, [c, d]: Edge): boolean => (equal(a, c) && equal(b, d)) || (equal(a, d) && equal(b, c));

/** The points in which two lines meet, and the edges that they share. */
export function lineIntersection(left: string, right: string): string | undefined {
  const [a, b] = [chains(left), chains(right)];
  if (a === undefined || b === undefined) return undefined;
  const others = b.flatMap(edgesOf);
  const shared = a.flatMap((chain) =>
    joined(edgesOf(chain).filter((edge) => others.some((item) => sameEdge(edge, item)))),
  );
  const covered = shared.flat();
  const crossings = a.flatMap(edgesOf).flatMap(([p, q]) =>
    others.flatMap(([r, s]) => {
      const point = crossing(p, q, r, s);
      return point === undefined ? [] : [point];
    }),
  );
  const corners = a.flat().filter((p) => b.flat().some((q) => equal(p, q)));
  return shapesText(
    distinct([...corners, ...crossings]).filter((p) => !covered.some((q) => equal(p, q))),
    shared,
  );
}

/** The parts of a line that lie in a polygon. */
export function lineInPolygon(line: string, polygon: string): string | undefined {
  const [all, area] = [chains(line), areaOf(polygon)];
  if (all === undefined || area === undefined) return undefined;
  const borders = area.rings.flatMap(edgesOf);
  const pieces = all.flatMap((chain) =>
    joined(edgesOf(chain).flatMap((edge) => cut(edge, borders).filter((piece) => lies(piece, area, borders)))),
  );
  return shapesText([], pieces);
}

const lies = (piece: Edge, area: Area, borders: readonly Edge[]): boolean =>
  borders.some((border) => sameEdge(piece, border)) || contains(area, between(piece[0], piece[1], 0.5));

function distinct(points: readonly Vector[]): readonly Vector[] {
  return points.filter((point, index) => points.findIndex((other) => equal(point, other)) === index);
}

const shapesText = (points: readonly Vector[], lines: Chains): string => collectionText(pointsAndLines(points, lines));

/** Points and lines as at most one shape of each. */
export function pointsAndLines(points: readonly Vector[], lines: Chains): readonly string[] {
  const shapes: string[] = [];
  if (points.length === 1) shapes.push(...points.map((point) => pointText(positionOf(point))));
  if (points.length > 1) shapes.push(multiPointText(points.map(positionOf)));
  if (lines.length === 1) shapes.push(...lines.map(chainText));
  if (lines.length > 1) shapes.push(multiLineText(lines.map((line) => line.map(positionOf))));
  return shapes;
}
