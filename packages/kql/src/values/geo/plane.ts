import { s2 } from "./library.ts";
import { cross, dot, scaled, size, sum, unit, type Vector } from "./sphere.ts";

export type Flat = readonly [x: number, y: number];

/** A plane that touches the sphere, seen from the sphere's centre: great circles are straight lines there. */
export interface Plane {
  flat(at: Vector): Flat;
  round(at: Flat): Vector;
}

/** As a sine: places lower than that over the plane's horizon are too far away to be exact. */
const HORIZON = 0.1;

/** The plane amid some places; undefined where they lie too far apart. */
export function planeAmid(places: readonly Vector[]): Plane | undefined {
  const total = places.reduce(sum, { x: 0, y: 0, z: 0 });
  if (size(total) === 0) return undefined;
  const centre = unit(total);
  if (places.some((at) => dot(at, centre) < HORIZON)) return undefined;
  const { Point } = s2();
  const across = unit(Point.ortho(new Point(centre.x, centre.y, centre.z)));
  const up = cross(centre, across);
  return {
    flat: (at) => {
      const height = dot(at, centre);
      return [dot(at, across) / height, dot(at, up) / height];
    },
    round: ([x, y]) => unit(sum(centre, sum(scaled(across, x), scaled(up, y)))),
  };
}
