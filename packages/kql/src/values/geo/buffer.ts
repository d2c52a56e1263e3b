import { s2 } from "./library.ts";
import { chains } from "./lines.ts";
import type { Rings } from "./loops.ts";
import { polygonsIn, polygonsText } from "./overlay.ts";
import { polygonText } from "./shape.ts";
import {
  angleBetween,
  cross,
  dot,
  EARTH_RADIUS,
  type Position,
  positionOf,
  scaled,
  sum,
  unit,
  type Vector,
  vectorOf,
} from "./sphere.ts";
import { surrounded } from "./surrounded.ts";

/** More edges than that no circle is drawn with. */
const MOST_EDGES = 65_536;

/** How far away, in radians, a buffer ends, and how wide an arc one of its edges may stand for. */
interface Reach {
  readonly angle: number;
  /** Around a corner. */
  readonly cornerStep: number;
  /** Along an edge. */
  readonly edgeStep: number;
}

/** Undefined for radius or tolerance, in metres, that Kusto does not take. */
function reachOf(radius: number, tolerance: number): Reach | undefined {
  const quarter = Math.PI / 2;
  if (!(radius > 0 && tolerance > 0) || radius >= quarter * EARTH_RADIUS) return undefined;
  const angle = radius / EARTH_RADIUS;
  const error = Math.min(tolerance / EARTH_RADIUS, angle);
  const cornerStep = widest(angle, error);
  if (Math.ceil((2 * Math.PI) / cornerStep) > MOST_EDGES) return undefined;
  return {
    angle,
    cornerStep,
    edgeStep: quarter - angle > error ? widest(quarter - angle, error) : Number.POSITIVE_INFINITY,
  };
}

/** The widest arc of a circle whose chord strays no further than an error from it. */
function widest(angle: number, error: number): number {
  return Math.min((2 * Math.PI) / 3 + 1e-15, 2 * Math.acos(Math.tan(angle - error) / Math.tan(angle)));
}

/** The place in a direction, at right angles to where one stands, and a distance in radians. */
function ahead(from: Vector, direction: Vector, angle: number): Vector {
  return sum(scaled(from, Math.cos(angle)), scaled(direction, Math.sin(angle)));
}

/**
 * The circle of a radius in metres around a place, as S2's buffer draws it: as few edges as keep within the tolerance,
 * counter-clockwise from a direction that S2 derives from the place. Undefined for invalid radius or tolerance.
 */
export function pointBuffer(place: Position, radius: number, tolerance: number): string | undefined {
  const reach = reachOf(radius, tolerance);
  if (reach === undefined) return undefined;
  const edges = Math.ceil((2 * Math.PI) / reach.cornerStep);
  const centre = vectorOf(place);
  const start = orthogonal(centre);
  const side = cross(centre, start);
  const corners = Array.from({ length: edges }, (_, index) => {
    const turned = (2 * Math.PI * index) / edges;
    const direction = sum(scaled(start, Math.cos(turned)), scaled(side, Math.sin(turned)));
    return positionOf(ahead(centre, direction, reach.angle));
  });
  const [first] = corners;
  return first === undefined ? undefined : polygonText([[...corners, first]]);
}

function orthogonal({ x, y, z }: Vector): Vector {
  const { Point } = s2();
  return unit(Point.ortho(new Point(x, y, z)));
}

/** The direction at right angles to the right of the way from `a` to `b`. */
function rightOf(a: Vector, b: Vector): Vector {
  return unit(cross(sum(b, scaled(a, -1)), sum(a, b)));
}

/** Turned counter-clockwise around an axis that stands at right angles to it. */
function turned(direction: Vector, axis: Vector, angle: number): Vector {
  return sum(scaled(direction, Math.cos(angle)), scaled(cross(axis, direction), Math.sin(angle)));
}

/** Draws the ways beside a chain of edges, to its right. */
interface Pen {
  readonly corners: Vector[];
  edge(a: Vector, b: Vector): void;
  /** From one direction at a corner to another, counter-clockwise; the last is left to what follows. */
  arc(corner: Vector, from: Vector, to: Vector): void;
  /** An edge, and the corner where it meets the next. */
  bend(a: Vector, b: Vector, c: Vector): void;
}

function penOf({ angle, cornerStep, edgeStep }: Reach): Pen {
  const corners: Vector[] = [];
  const arc = (corner: Vector, from: Vector, to: Vector): void => {
    const span = Math.atan2(dot(corner, cross(from, to)), dot(from, to));
    const whole = span < 0 ? span + 2 * Math.PI : span;
    for (let at = 0; at < whole; at += cornerStep) corners.push(ahead(corner, turned(from, corner, at), angle));
  };
  const edge = (a: Vector, b: Vector): void => {
    const right = rightOf(a, b);
    const start = ahead(a, right, angle);
    const axis = scaled(right, -1);
    const [height, flat] = [dot(start, axis), sum(start, scaled(axis, -dot(start, axis)))];
    const span = angleBetween(a, b);
    for (let at = 0; at < span; at += edgeStep) corners.push(sum(turned(flat, axis, at), scaled(axis, height)));
  };
  const bend = (a: Vector, b: Vector, c: Vector): void => {
    edge(a, b);
    if (dot(cross(a, b), c) >= 0) {
      arc(b, rightOf(a, b), rightOf(b, c));
      if (edgeStep === Number.POSITIVE_INFINITY) corners.push(ahead(b, rightOf(b, c), angle));
      return;
    }
    corners.push(ahead(b, rightOf(a, b), angle), b);
  };
  return { corners, edge, arc, bend };
}

/** The way around a chain: along it, around its end, back and around its start. */
function aroundChain(chain: readonly Vector[], reach: Reach): readonly Vector[] {
  const pen = penOf(reach);
  const [a, b] = chain;
  const [y, z] = chain.slice(-2);
  if (a === undefined || b === undefined || y === undefined || z === undefined) return [];
  pen.arc(a, scaled(rightOf(a, b), -1), rightOf(a, b));
  bendAlong(pen, chain);
  pen.edge(y, z);
  pen.arc(z, rightOf(y, z), scaled(rightOf(y, z), -1));
  bendAlong(pen, [...chain].reverse());
  pen.edge(b, a);
  return pen.corners;
}

/** Past all corners but the ends. */
function bendAlong(pen: Pen, chain: readonly Vector[]): void {
  chain.forEach((a, index) => {
    const [b, c] = chain.slice(index + 1, index + 3);
    if (b !== undefined && c !== undefined) pen.bend(a, b, c);
  });
}

/** The way along a closed chain, outside of it. */
function aroundRing(ring: readonly Vector[], reach: Reach): readonly Vector[] {
  const pen = penOf(reach);
  bendAlong(pen, [...ring, ...ring.slice(0, 2)]);
  return pen.corners;
}

function drawn(ways: readonly (readonly Vector[])[]): string | undefined {
  const found = surrounded(ways.map((corners) => ({ corners, group: 0 })));
  return found === undefined || found.length === 0 ? undefined : polygonsText(found);
}

/** All that lies within a radius in metres of a line, its ends round. */
export function lineBuffer(json: string, radius: number, tolerance: number): string | undefined {
  const [all, reach] = [chains(json), reachOf(radius, tolerance)];
  return all === undefined || reach === undefined ? undefined : drawn(all.map((chain) => aroundChain(chain, reach)));
}

/** All that lies within a radius in metres of a polygon. */
export function polygonBuffer(json: string, radius: number, tolerance: number): string | undefined {
  const [polygons, reach] = [polygonsIn(json), reachOf(radius, tolerance)];
  if (polygons === undefined || reach === undefined) return undefined;
  return drawn(polygons.flat().map((ring: Rings[number]) => aroundRing(ring, reach)));
}
