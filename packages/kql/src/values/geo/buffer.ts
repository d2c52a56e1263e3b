import { s2 } from "./library.ts";
import { polygonText } from "./shape.ts";
import { cross, EARTH_RADIUS, type Position, positionOf, scaled, sum, unit, type Vector, vectorOf } from "./sphere.ts";

/** More edges than that no circle is drawn with. */
const MOST_EDGES = 65_536;

/**
 * The circle of a radius in metres around a place, as S2's buffer draws it: as few edges as keep within the tolerance,
 * counter-clockwise from a direction that S2 derives from the place. Undefined for invalid radius or tolerance.
 */
export function pointBuffer(place: Position, radius: number, tolerance: number): string | undefined {
  if (!(radius > 0 && tolerance > 0) || radius >= (Math.PI / 2) * EARTH_RADIUS) return undefined;
  const angle = radius / EARTH_RADIUS;
  const inner = angle - Math.min(tolerance / EARTH_RADIUS, angle);
  const step = Math.min((2 * Math.PI) / 3 + 1e-15, 2 * Math.acos(Math.tan(inner) / Math.tan(angle)));
  const edges = Math.ceil((2 * Math.PI) / step);
  if (edges > MOST_EDGES) return undefined;
  const centre = vectorOf(place);
  const start = orthogonal(centre);
  const side = cross(centre, start);
  const corners = Array.from({ length: edges }, (_, index) => {
    const turned = (2 * Math.PI * index) / edges;
    const direction = sum(scaled(start, Math.cos(turned)), scaled(side, Math.sin(turned)));
    return positionOf(sum(scaled(centre, Math.cos(angle)), scaled(direction, Math.sin(angle))));
  });
  const [first] = corners;
  return first === undefined ? undefined : polygonText([[...corners, first]]);
}

function orthogonal({ x, y, z }: Vector): Vector {
  const { Point } = s2();
  return unit(Point.ortho(new Point(x, y, z)));
}
