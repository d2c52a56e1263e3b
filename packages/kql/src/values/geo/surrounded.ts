import type { s2 } from "./library.ts";
import { polygonsOf, type Rings } from "./loops.ts";
import { type Outline, outlineOf, type Windings } from "./outline.ts";
import { piecesOf, type Ring } from "./pieces.ts";
import { planeAmid } from "./plane.ts";
import type { Vector } from "./sphere.ts";

export type S2Polygon = InstanceType<ReturnType<typeof s2>["Polygon"]>;

/** More edges than that are not compared with one another. */
const MOST_EDGES = 20_000;

/** Rings cut at one another and put together anew; undefined where they lie too far apart or are too many. */
export function outlined(
  rings: readonly Ring[],
  groups: number,
  isInside: (of: Windings) => boolean,
): Outline | undefined {
  const corners = rings.flatMap((ring) => ring.corners);
  const plane = corners.length > MOST_EDGES ? undefined : planeAmid(corners);
  return plane === undefined ? undefined : outlineOf(piecesOf(rings, plane), groups, isInside);
}

/** What rings that may cross go around at least once. */
export function surrounded(rings: readonly Ring[]): readonly Rings[] | undefined {
  const found = outlined(rings, 1, ([count = 0]) => count > 0);
  return found === undefined ? undefined : polygonsOf(found);
}

/** The rings of a polygon with its inside to their left. */
export function ringsOf(polygon: S2Polygon): Rings {
  return Array.from({ length: polygon.numLoops() }, (_, index) => {
    const loop = polygon.loop(index);
    return Array.from({ length: loop.numVertices() }, (_, corner): Vector => loop.orientedVertex(corner));
  });
}
