import { s2 } from "./library.ts";
import { angleBetween, cross, dot, scaled, size, sum, unit, type Vector } from "./sphere.ts";

/** The point of the edge from `a` to `b` that is nearest to `p`. */
export function nearestOn(p: Vector, a: Vector, b: Vector): Vector {
  const normal = unit(normalOf(a, b));
  const foot = unit(sum(p, scaled(normal, -dot(p, normal))));
  const inside = dot(cross(normal, a), foot) >= 0 && dot(cross(b, normal), foot) >= 0 && size(foot) > 0;
  if (inside) return foot;
  return angleBetween(p, a) <= angleBetween(p, b) ? a : b;
}

/** The normal of the plane through two near directions, without the loss of digits of a plain cross product. */
function normalOf(a: Vector, b: Vector): Vector {
  return cross(sum(a, b), sum(b, scaled(a, -1)));
}

/** The point at a part of the way from `a` to `b`. */
export function between(a: Vector, b: Vector, part: number): Vector {
  const angle = angleBetween(a, b);
  const sine = Math.sin(angle);
  if (sine === 0) return a;
  return unit(sum(scaled(a, Math.sin((1 - part) * angle) / sine), scaled(b, Math.sin(part * angle) / sine)));
}

/** Whether two chains of edges meet, be it in a vertex only. */
export function meet(left: readonly Vector[], right: readonly Vector[]): boolean {
  return polyline(left).intersects(polyline(right));
}

export function polyline(points: readonly Vector[]): InstanceType<ReturnType<typeof s2>["Polyline"]> {
  const { Point, Polyline } = s2();
  return new Polyline(points.map(({ x, y, z }) => new Point(x, y, z)));
}

/** The point in which two edges cross; undefined where they don't, or share a vertex. */
export function crossing(a: Vector, b: Vector, c: Vector, d: Vector): Vector | undefined {
  if ([c, d].some((end) => equal(end, a) || equal(end, b)) || !meet([a, b], [c, d])) return undefined;
  const point = unit(cross(normalOf(a, b), normalOf(c, d)));
  return dot(point, sum(a, b)) < 0 ? scaled(point, -1) : point;
}

export const equal = (a: Vector, b: Vector): boolean => a.x === b.x && a.y === b.y && a.z === b.z;
