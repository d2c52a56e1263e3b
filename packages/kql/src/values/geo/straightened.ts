import type { Sites } from "./sites.ts";
import { angleBetween, cross, dot, unit, type Vector } from "./sphere.ts";

/** A chain of sites as places: each edge reaches as far as it passes all that it leaves out within the tolerance. */
export function straightened(chain: readonly number[], sites: Sites): readonly Vector[] {
  const [first] = chain;
  if (first === undefined) return [];
  const kept = [sites.at(first)];
  for (let from = 0; from < chain.length - 1; ) {
    from = reach(chain, from, sites);
    const site = chain[from];
    if (site !== undefined) kept.push(sites.at(site));
  }
  return kept;
}

/** How far a straight edge from a vertex may go; at least to the next one. */
function reach(chain: readonly number[], from: number, sites: Sites): number {
  const origin = sites.at(chain[from] ?? 0);
  const bearing = bearingsFrom(origin);
  let wedge: Wedge = { middle: 0, low: -Math.PI, high: Math.PI, whole: true };
  let end = from + 1;
  for (; end + 1 < chain.length; end++) {
    for (const vertex of sites.movedTo(chain[end] ?? 0)) wedge = narrowed(wedge, origin, vertex, bearing, sites);
    const next = sites.at(chain[end + 1] ?? 0);
    if (!leadsTo(wedge, origin, next, bearing)) break;
  }
  return end;
}

/** The directions in which an edge passes everything before within the tolerance, from `low` to `high` of `middle`. */
interface Wedge {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

type Bearing = (place: Vector) => number;

function bearingsFrom(origin: Vector): Bearing {
  const away = Math.abs(origin.z) < 0.9 ? { x: 0, y: 0, z: 1 } : { x: 1, y: 0, z: 0 };
  const right = unit(cross(away, origin));
  const up = cross(origin, right);
  return (place) => Math.atan2(dot(place, up), dot(place, right));
}

function narrowed(wedge: Wedge, origin: Vector, vertex: Vector, bearing: Bearing, { tolerance }: Sites): Wedge {
  const distance = angleBetween(origin, vertex);
  if (distance <= tolerance) return wedge;
  const half = Math.asin(Math.min(1, Math.sin(tolerance) / Math.sin(distance)));
  if (wedge.whole) return { middle: bearing(vertex), low: -half, high: half, whole: false };
  const at = turned(bearing(vertex) - wedge.middle);
  return { ...wedge, low: Math.max(wedge.low, at - half), high: Math.min(wedge.high, at + half) };
}

/** Edges that were not in the shape stay below a quarter of the circle. */
function leadsTo(wedge: Wedge, origin: Vector, place: Vector, bearing: Bearing): boolean {
  const distance = angleBetween(origin, place);
  if (distance === 0 || distance > Math.PI / 2) return false;
  if (wedge.whole) return true;
  const at = turned(bearing(place) - wedge.middle);
  return at >= wedge.low && at <= wedge.high;
}

/** The same angle between -π and π. */
function turned(angle: number): number {
  return angle > Math.PI ? angle - 2 * Math.PI : angle < -Math.PI ? angle + 2 * Math.PI : angle;
}
