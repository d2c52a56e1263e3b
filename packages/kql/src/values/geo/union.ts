import { s2 } from "./library.ts";
import type { Rings } from "./loops.ts";
import { ringsOf, type S2Polygon, surrounded } from "./surrounded.ts";

/** Polygons that overlap or touch as one polygon; those that do neither as they are. */
export function merged(polygons: readonly S2Polygon[]): readonly S2Polygon[] {
  if (polygons.length < 2) return polygons;
  const rings = polygons.flatMap((polygon) => ringsOf(polygon).map((corners) => ({ corners, group: 0 })));
  return surrounded(rings)?.map(polygonOf) ?? polygons;
}

function polygonOf(rings: Rings): S2Polygon {
  const { Loop, Point, Polygon } = s2();
  const loops = rings.map((ring) => {
    const loop = new Loop(ring.map(({ x, y, z }) => new Point(x, y, z)));
    loop.normalize();
    return loop;
  });
  return new Polygon(loops);
}
