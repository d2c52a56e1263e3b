import { areApart, circleAround } from "./apart.ts";
import { contactsOf } from "./contacts.ts";
import { polygonsOf, type Rings } from "./loops.ts";
import { pointsAndLines } from "./meetings.ts";
import type { Ring } from "./pieces.ts";
import { areaOf } from "./polygons.ts";
import { collectionText, multiPolygonText, polygonText } from "./shape.ts";
import { positionOf, type Vector } from "./sphere.ts";
import { outlined, ringsOf } from "./surrounded.ts";

const inGroup = (polygons: readonly Rings[], group: number): readonly Ring[] =>
  polygons.flatMap((rings) => rings.map((corners): Ring => ({ corners, group })));

/** Polygons of a GeoJSON text as rings; undefined for other text. */
export function polygonsIn(json: string): readonly Rings[] | undefined {
  return areaOf(json)?.polygons.map(ringsOf);
}

const apart = (left: readonly Rings[], right: readonly Rings[]): boolean =>
  areApart(circleAround(left), circleAround(right));

function united(left: readonly Rings[], right: readonly Rings[]): readonly Rings[] | undefined {
  if (apart(left, right)) return [...left, ...right];
  const found = outlined([...inGroup(left, 0), ...inGroup(right, 1)], 2, (counts) => counts.some((count) => count > 0));
  return found === undefined ? undefined : polygonsOf(found);
}

const vertices = (polygons: readonly Rings[]): number => polygons.flat(2).length;

/** The union of polygons, the two smallest first, as S2 unites them. */
export function unionOfPolygons(texts: readonly string[]): string | undefined {
  const shapes = texts.map(polygonsIn);
  let left = shapes.flatMap((shape) => (shape === undefined ? [] : [{ shape, size: vertices(shape) }]));
  if (left.length < texts.length || left.length === 0) return undefined;
  while (left.length > 1) {
    const [a, b, ...rest] = [...left].sort((one, other) => one.size - other.size);
    const shape = a === undefined || b === undefined ? undefined : united(a.shape, b.shape);
    if (a === undefined || b === undefined || shape === undefined) return undefined;
    left = [...rest, { shape, size: a.size + b.size }];
  }
  const [only] = left;
  return only === undefined ? undefined : polygonsText(only.shape);
}

const closed = (corners: readonly Vector[]): readonly Vector[] => [...corners, ...corners.slice(0, 1)];

/** Polygons as GeoJSON. */
export function polygonsText(polygons: readonly Rings[]): string {
  const places = polygons.map((rings) => rings.map((corners) => closed(corners).map(positionOf)));
  const [only] = places;
  return places.length === 1 && only !== undefined ? polygonText(only) : multiPolygonText(places);
}

/** What two polygons have in common: points, then lines, then areas. */
export function polygonsInCommon(left: string, right: string): string | undefined {
  const [a, b] = [polygonsIn(left), polygonsIn(right)];
  if (a === undefined || b === undefined) return undefined;
  if (apart(a, b)) return collectionText([]);
  const found = outlined([...inGroup(a, 0), ...inGroup(b, 1)], 2, (counts) => counts.every((count) => count > 0));
  if (found === undefined) return undefined;
  const { points, lines } = contactsOf({ nodes: found.nodes, pieces: found.all }, found.pieces);
  const polygons = polygonsOf(found);
  const areas = polygons.length === 0 ? [] : [polygonsText(polygons)];
  return collectionText([...pointsAndLines(points, lines), ...areas]);
}
