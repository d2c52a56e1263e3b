import { between } from "./segments.ts";
import { lineText, multiLineText, multiPolygonText, polygonText, readLines, readPolygons } from "./shape.ts";
import { angleBetween, cross, dot, EARTH_RADIUS, type Position, positionOf, type Vector, vectorOf } from "./sphere.ts";

/** Kusto's limits: metres, and vertices of a result. */
const [LEAST, MOST] = [0.1, 10_000];
const MOST_VERTICES = 10_485_760;

/** Where S2 looks how far an edge strays, and what it takes off the tolerance for what it may have missed there. */
const PART = 0.31215691082248315;
const CAUTION = 0.8382999256988851;

interface Place {
  readonly flat: Position;
  readonly at: Vector;
}

const placed = (flat: Position): Place => ({ flat, at: vectorOf(flat) });
const flatBetween = (a: Position, b: Position, part: number): Position => [
  a[0] + part * (b[0] - a[0]),
  a[1] + part * (b[1] - a[1]),
];

/** How far the straight edge of the map strays from the great circle, in radians; longer edges than 90° are always cut. */
function strays(a: Place, b: Place): number {
  if (dot(a.at, b.at) < -1e-14) return Number.POSITIVE_INFINITY;
  const at = (part: number): number =>
    angleBetween(between(a.at, b.at, part), vectorOf(flatBetween(a.flat, b.flat, part)));
  return Math.max(at(PART), at(1 - PART));
}

/** A chain of straight edges on a map as places that great circles join; undefined where they are too many. */
function densified(chain: readonly Position[], tolerance: number): readonly Vector[] | undefined {
  const most = (CAUTION * tolerance) / EARTH_RADIUS;
  const [first, ...rest] = chain.map(placed);
  if (first === undefined) return [];
  const found = [first.at];
  const add = (a: Place, b: Place): void => {
    if (found.length > MOST_VERTICES) return;
    if (strays(a, b) <= most) {
      found.push(b.at);
      return;
    }
    const middle = placed(flatBetween(a.flat, b.flat, 0.5));
    add(a, middle);
    add(middle, b);
  };
  let last = first;
  for (const next of rest) {
    add(last, next);
    last = next;
  }
  return found.length > MOST_VERTICES ? undefined : found;
}

const isTolerance = (tolerance: number): boolean => tolerance >= LEAST && tolerance <= MOST;

function eachDensified(chains: readonly (readonly Position[])[], tolerance: number): (readonly Vector[])[] | undefined {
  const found = chains.flatMap((chain) => {
    const made = densified(chain, tolerance);
    return made === undefined ? [] : [made];
  });
  return found.length === chains.length ? found : undefined;
}

/** Just before the antimeridian, as Kusto writes a place on it. */
const EDGE = 179.999999999999;

/** Places in pieces that don't cross the antimeridian. */
function uncrossed(chain: readonly Vector[]): readonly (readonly Position[])[] {
  const pieces: Position[][] = [[]];
  chain.forEach((at, index) => {
    const place = positionOf(at);
    const before = chain[index - 1];
    const west = before === undefined ? undefined : positionOf(before)[0];
    if (before !== undefined && west !== undefined && Math.abs(place[0] - west) > 180) {
      const latitude = latitudeAtAntimeridian(before, at);
      pieces.at(-1)?.push([Math.sign(west) * EDGE, latitude]);
      pieces.push([[-Math.sign(west) * EDGE, latitude]]);
    }
    pieces.at(-1)?.push(place);
  });
  return pieces;
}

function latitudeAtAntimeridian(a: Vector, b: Vector): number {
  const normal = cross(a, b);
  return (Math.atan(normal.x / normal.z) * 180) / Math.PI;
}

/** A GeoJSON line whose straight edges on the map became great circles, within a tolerance in metres. */
export function densifyLine(json: string, tolerance: number, keepCrossing: boolean): string | undefined {
  const lines = readLines(json);
  if (lines === undefined || !isTolerance(tolerance)) return undefined;
  const chains = eachDensified(lines, tolerance);
  const pieces = chains?.flatMap((chain) => (keepCrossing ? [chain.map(positionOf)] : uncrossed(chain)));
  const [only] = pieces ?? [];
  return pieces === undefined || only === undefined
    ? undefined
    : pieces.length === 1
      ? lineText(only)
      : multiLineText(pieces);
}

/** A GeoJSON polygon whose straight edges on the map became great circles, within a tolerance in metres. */
export function densifyPolygon(json: string, tolerance: number): string | undefined {
  const polygons = readPolygons(json);
  if (polygons === undefined || !isTolerance(tolerance)) return undefined;
  const made = polygons.flatMap((rings) => {
    const chains = eachDensified(rings, tolerance);
    return chains === undefined ? [] : [chains.map((chain) => chain.map(positionOf))];
  });
  const [only] = made;
  if (made.length < polygons.length || only === undefined) return undefined;
  return made.length === 1 ? polygonText(only) : multiPolygonText(made);
}
