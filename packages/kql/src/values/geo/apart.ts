import type { Rings } from "./loops.ts";
import { angleBetween, sum, unit, type Vector } from "./sphere.ts";

/** A circle on the sphere that holds a shape. */
export interface Circle {
  readonly centre: Vector;
  /** In radians. */
  readonly radius: number;
}

export function circleAround(polygons: readonly Rings[]): Circle {
  const corners = polygons.flat(2);
  const centre = unit(corners.reduce(sum, { x: 0, y: 0, z: 0 }));
  const radius = corners.reduce((most, corner) => Math.max(most, angleBetween(centre, corner)), 0);
  // Beyond a quarter of the way around, edges may leave the circle that holds their ends.
  return { centre, radius: radius < Math.PI / 2 ? radius : Math.PI };
}

/** Whether two circles are apart; shapes in circles that are not may still be. */
export function areApart(a: Circle, b: Circle): boolean {
  return angleBetween(a.centre, b.centre) > a.radius + b.radius + 1e-9;
}
