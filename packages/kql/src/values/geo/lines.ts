import { between, crossing, equal, nearestOn } from "./segments.ts";
import { type Lines, lineText, pointText, readLines, remembered } from "./shape.ts";
import { angleBetween, EARTH_RADIUS, positionOf, scaled, size, sum, unit, type Vector, vectorOf } from "./sphere.ts";

export type Chains = readonly (readonly Vector[])[];
export type Edge = readonly [Vector, Vector];

const chainsOf = (lines: Lines): Chains => lines.map((line) => line.map(vectorOf));

/** The lines of a GeoJSON text as directions. */
export const chains: (json: string) => Chains | undefined = remembered((json) => {
  const lines = readLines(json);
  return lines === undefined ? undefined : chainsOf(lines);
});

/** The edges of a chain. */
export function edgesOf(chain: readonly Vector[]): readonly Edge[] {
  return chain.slice(1).flatMap((end, index) => {
    const start = chain[index];
    return start === undefined ? [] : [[start, end] as const];
  });
}

/** The length of a chain, in radians. */
export function angleAlong(chain: readonly Vector[]): number {
  return edgesOf(chain).reduce((total, [a, b]) => total + angleBetween(a, b), 0);
}

/** Metres. */
export function lineLength(json: string): number | undefined {
  return chains(json)?.reduce((total, chain) => total + angleAlong(chain) * EARTH_RADIUS, 0);
}

interface Nearest {
  readonly point: Vector;
  readonly angle: number;
  /** Radians from the chain's start. */
  readonly along: number;
}

/** The point of a chain that is nearest to a place. */
export function nearest(place: Vector, chain: readonly Vector[]): Nearest | undefined {
  let best: Nearest | undefined;
  let passed = 0;
  for (const [a, b] of edgesOf(chain)) {
    const point = nearestOn(place, a, b);
    const angle = angleBetween(place, point);
    if (best === undefined || angle < best.angle) best = { point, angle, along: passed + angleBetween(a, point) };
    passed += angleBetween(a, b);
  }
  return best;
}

export function nearestOfAll(place: Vector, all: Chains): Nearest | undefined {
  let best: Nearest | undefined;
  for (const chain of all) {
    const found = nearest(place, chain);
    if (found !== undefined && (best === undefined || found.angle < best.angle)) best = found;
  }
  return best;
}

export function distanceToLine(place: Vector, json: string): number | undefined {
  const all = chains(json);
  const found = all === undefined ? undefined : nearestOfAll(place, all);
  return found === undefined ? undefined : found.angle * EARTH_RADIUS;
}

export function closestOnLine(place: Vector, json: string): string | undefined {
  const all = chains(json);
  const found = all === undefined ? undefined : nearestOfAll(place, all);
  return found === undefined ? undefined : pointText(positionOf(found.point));
}

/** Each edge's middle, weighed by the edge. */
export function lineCentroid(json: string): string | undefined {
  const all = chains(json);
  if (all === undefined) return undefined;
  const edges = all.flatMap(edgesOf);
  const total = edges.map(edgeCentroid).reduce(sum, { x: 0, y: 0, z: 0 });
  return size(total) === 0 ? undefined : pointText(positionOf(unit(total)));
}

/** The centre of mass of an edge, times its length. */
function edgeCentroid([a, b]: readonly [Vector, Vector]): Vector {
  const middle = sum(a, b);
  const half = angleBetween(a, b) / 2;
  return half === 0 ? { x: 0, y: 0, z: 0 } : scaled(unit(middle), 2 * Math.sin(half));
}

/** Only a single line has a place at a part of its length. */
function single(json: string): readonly Vector[] | undefined {
  const all = chains(json);
  return all?.length === 1 ? all[0] : undefined;
}

export function interpolatePoint(json: string, part: number): string | undefined {
  const chain = single(json);
  if (chain === undefined || !(part >= 0 && part <= 1)) return undefined;
  let left = part * angleAlong(chain);
  for (const [a, b] of edgesOf(chain)) {
    const length = angleBetween(a, b);
    if (left <= length) return pointText(positionOf(between(a, b, left / length)));
    left -= length;
  }
  const last = chain.at(-1);
  return last === undefined ? undefined : pointText(positionOf(last));
}

export function locatePoint(json: string, place: Vector): number | undefined {
  const chain = single(json);
  const found = chain === undefined ? undefined : nearest(place, chain);
  return chain === undefined || found === undefined ? undefined : found.along / angleAlong(chain);
}

export const chainText = (chain: readonly Vector[]): string => lineText(chain.map(positionOf));

/** An edge in pieces that no border crosses. */
export function cut([a, b]: Edge, borders: readonly Edge[]): readonly Edge[] {
  const points = borders.flatMap(([c, d]) => {
    const point = crossing(a, b, c, d);
    return point === undefined ? [] : [point];
  });
  const sorted = [...points].sort((p, q) => angleBetween(a, p) - angleBetween(a, q));
  return edgesOf([a, ...sorted, b]);
}

/** Edges that follow one another as chains. */
export function joined(edges: readonly Edge[]): Chains {
  const found: Vector[][] = [];
  for (const [a, b] of edges) {
    const last = found.at(-1);
    const end = last?.at(-1);
    if (last !== undefined && end !== undefined && equal(end, a)) last.push(b);
    else found.push([a, b]);
  }
  return found;
}
