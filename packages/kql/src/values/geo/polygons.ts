import { s2 } from "./library.ts";
import { angleAlong, type Chains, nearestOfAll } from "./lines.ts";
import { pointText, readPolygons, remembered } from "./shape.ts";
import { EARTH_RADIUS, positionOf, size, sum, unit, type Vector, vectorOf } from "./sphere.ts";
import { merged } from "./union.ts";

type S2Polygon = InstanceType<ReturnType<typeof s2>["Polygon"]>;

/** A polygon with its rings as closed chains. */
export interface Area {
  readonly polygons: readonly S2Polygon[];
  readonly rings: Chains;
  /** As one polygon where they overlap or touch; undefined where they can't be made one. */
  merged(): readonly S2Polygon[] | undefined;
}

/** The polygons of a GeoJSON text; undefined where Kusto takes none of it, such as rings that cross themselves. */
export const areaOf: (json: string) => Area | undefined = remembered((json) => {
  const polygons = readPolygons(json);
  if (polygons === undefined) return undefined;
  const shapes = polygons.map((rings) => rings.map((ring) => ring.map(vectorOf)));
  const made = shapes.map(polygonOf);
  const valid = made.flatMap((polygon) => (polygon === undefined ? [] : [polygon]));
  return valid.length === made.length
    ? { polygons: valid, rings: shapes.flat(), merged: () => merged(valid) }
    : undefined;
});

/** Of the two sides of a ring the smaller is inside, whichever way it runs. */
function polygonOf(rings: Chains): S2Polygon | undefined {
  const { Loop, Point, Polygon } = s2();
  const loops = rings.map((ring) => {
    const loop = new Loop(ring.slice(0, -1).map(({ x, y, z }) => new Point(x, y, z)));
    loop.normalize();
    return loop;
  });
  if (loops.some((loop) => loop.validate() !== null || crossesItself(loop))) return undefined;
  return new Polygon(loops);
}

/** Beyond so many vertices a ring is taken to be sound: the test compares all pairs of edges. */
const TESTED = 1000;

function crossesItself(loop: InstanceType<ReturnType<typeof s2>["Loop"]>): boolean {
  const { Polyline } = s2();
  const count = loop.vertices.length;
  if (count > TESTED) return false;
  const edge = (index: number): InstanceType<typeof Polyline> =>
    new Polyline([loop.vertex(index), loop.vertex(index + 1)]);
  for (let left = 0; left < count; left++)
    for (let right = left + 2; right < count; right++) {
      if (left === 0 && right === count - 1) continue;
      if (edge(left).intersects(edge(right))) return true;
    }
  return false;
}

export function contains(area: Area, { x, y, z }: Vector): boolean {
  const point = new (s2().Point)(x, y, z);
  return area.polygons.some((polygon) => polygon.containsPoint(point));
}

export function polygonContains(json: string, place: Vector): boolean | undefined {
  const area = areaOf(json);
  return area === undefined ? undefined : contains(area, place);
}

export function distanceToPolygon(place: Vector, json: string): number | undefined {
  const area = areaOf(json);
  if (area === undefined) return undefined;
  if (contains(area, place)) return 0;
  const found = nearestOfAll(place, area.rings);
  return found === undefined ? undefined : found.angle * EARTH_RADIUS;
}

export function closestOnPolygon(place: Vector, json: string): string | undefined {
  const area = areaOf(json);
  if (area === undefined) return undefined;
  const found = contains(area, place) ? place : nearestOfAll(place, area.rings)?.point;
  return found === undefined ? undefined : pointText(positionOf(found));
}

/** Square metres. */
export function polygonArea(json: string): number | undefined {
  return areaOf(json)
    ?.merged()
    ?.reduce((total, polygon) => total + polygon.area() * EARTH_RADIUS ** 2, 0);
}

/** Metres. */
export function polygonPerimeter(json: string): number | undefined {
  return areaOf(json)
    ?.merged()
    ?.reduce((total, polygon) => total + around(polygon) * EARTH_RADIUS, 0);
}

function around(polygon: S2Polygon): number {
  const loops = Array.from({ length: polygon.numLoops() }, (_, index) => polygon.loop(index));
  return loops.reduce((total, { vertices }) => total + angleAlong([...vertices, ...vertices.slice(0, 1)]), 0);
}

export function polygonCentroid(json: string): string | undefined {
  const total = areaOf(json)
    ?.merged()
    ?.map((polygon): Vector => polygon.centroid())
    .reduce(sum, { x: 0, y: 0, z: 0 });
  return total === undefined || size(total) === 0 ? undefined : pointText(positionOf(unit(total)));
}
