import { areApart, type Circle, circleAround } from "./apart.ts";
import { s2 } from "./library.ts";
import { nearestOfAll } from "./lines.ts";
import type { Rings } from "./loops.ts";
import type { Vector } from "./sphere.ts";
import { ringsOf, type S2Polygon, surrounded } from "./surrounded.ts";

/** Corners of two polygons that are compared with the edges of the other at most; beyond it they are taken to touch. */
const MOST_COMPARED = 4_000_000;
/** In radians: corners nearer than that to a border are on it. */
const NEAR = 1e-12;

interface Part {
  readonly polygon: S2Polygon;
  readonly rings: Rings;
  readonly circle: Circle;
}

/**
 * Polygons that overlap or touch as one polygon; those that do neither as they are. Undefined where some that touch lie
 * too far apart, or have too many corners, to be made one.
 */
export function merged(polygons: readonly S2Polygon[]): readonly S2Polygon[] | undefined {
  if (polygons.length < 2) return polygons;
  const parts = polygons.map((polygon): Part => {
    const rings = ringsOf(polygon);
    return { polygon, rings, circle: circleAround([rings]) };
  });
  return allOf(
    clusters(parts, (a, b) => !areApart(a.circle, b.circle)),
    (near) => united(near) ?? allOf(clusters(near, touch), united),
  );
}

function united(parts: readonly Part[]): readonly S2Polygon[] | undefined {
  if (parts.length < 2) return parts.map(({ polygon }) => polygon);
  const rings = parts.flatMap((part) => part.rings.map((corners) => ({ corners, group: 0 })));
  return surrounded(rings)?.map(polygonOf);
}

function allOf(
  groups: readonly (readonly Part[])[],
  unite: (parts: readonly Part[]) => readonly S2Polygon[] | undefined,
): readonly S2Polygon[] | undefined {
  const found: S2Polygon[] = [];
  for (const group of groups) {
    const polygons = unite(group);
    if (polygons === undefined) return undefined;
    found.push(...polygons);
  }
  return found;
}

/** Parts that belong together, directly or through others. */
function clusters(parts: readonly Part[], belong: (a: Part, b: Part) => boolean): readonly (readonly Part[])[] {
  let groups: (readonly Part[])[] = [];
  for (const part of parts) {
    const own = groups.filter((group) => group.some((other) => belong(part, other)));
    groups = [...groups.filter((group) => !own.includes(group)), [...own.flat(), part]];
  }
  return groups;
}

function touch(a: Part, b: Part): boolean {
  if (areApart(a.circle, b.circle)) return false;
  const [left, right] = [a.rings.flat().length, b.rings.flat().length];
  if (left * right > MOST_COMPARED) return true;
  return a.polygon.intersects(b.polygon) || hasCornerOn(a, b) || hasCornerOn(b, a);
}

function hasCornerOn(one: Part, other: Part): boolean {
  const border = other.rings.map((ring) => [...ring, ...ring.slice(0, 1)]);
  const isOn = (corner: Vector): boolean => (nearestOfAll(corner, border)?.angle ?? Number.POSITIVE_INFINITY) < NEAR;
  return one.rings.some((ring) => ring.some(isOn));
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
