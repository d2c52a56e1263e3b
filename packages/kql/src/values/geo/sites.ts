import { s2 } from "./library.ts";
import { angleBetween, positionOf, type Vector } from "./sphere.ts";

/** Places that vertices move to: no two of them within a tolerance. */
export interface Sites {
  /** Radians. */
  readonly tolerance: number;
  /** The site that a vertex moves to. */
  of(vertex: Vector): number;
  at(site: number): Vector;
  /** The vertices that move to a site. */
  movedTo(site: number): readonly Vector[];
}

/** Chooses sites among `vertices` as S2 does: along its curve, each that is not within `tolerance` of one before. */
export function sitesOf(vertices: readonly Vector[], tolerance: number): Sites {
  const grid = new Map<string, number[]>();
  const places: Vector[] = [];
  const moved: Vector[][] = [];
  const near = (vertex: Vector): number | undefined => {
    const within = around(vertex, tolerance)
      .flatMap((key) => grid.get(key) ?? [])
      .map((site) => ({ site, angle: angleBetween(vertex, places[site] ?? vertex) }))
      .filter(({ angle }) => angle <= tolerance);
    return within.sort((a, b) => a.angle - b.angle)[0]?.site;
  };
  for (const vertex of alongCurve(vertices)) {
    if (near(vertex) !== undefined) continue;
    const key = keyOf(cellOf(vertex, tolerance));
    grid.set(key, [...(grid.get(key) ?? []), places.length]);
    places.push(vertex);
    moved.push([]);
  }
  const found = (vertex: Vector): number => near(vertex) ?? 0;
  for (const vertex of vertices) moved[found(vertex)]?.push(vertex);
  return {
    tolerance,
    of: found,
    at: (site) => places[site] ?? { x: 0, y: 0, z: 0 },
    movedTo: (site) => moved[site] ?? [],
  };
}

function alongCurve(vertices: readonly Vector[]): readonly Vector[] {
  const { cellid, LatLng } = s2();
  const leaf = (vertex: Vector): bigint => {
    const [longitude, latitude] = positionOf(vertex);
    return cellid.fromLatLng(LatLng.fromDegrees(latitude, longitude));
  };
  const placed = vertices.map((vertex) => ({ vertex, leaf: leaf(vertex) }));
  return placed.sort((a, b) => (a.leaf < b.leaf ? -1 : a.leaf > b.leaf ? 1 : 0)).map((item) => item.vertex);
}

/** A cube so large that what is within the tolerance of a vertex lies in its cube or one beside it. */
const SMALLEST = 1e-9;
type Cell = readonly [number, number, number];

function cellOf({ x, y, z }: Vector, tolerance: number): Cell {
  const side = Math.max(tolerance, SMALLEST);
  return [Math.floor(x / side), Math.floor(y / side), Math.floor(z / side)];
}

const keyOf = (cell: Cell): string => cell.join(" ");

function around(vertex: Vector, tolerance: number): readonly string[] {
  const [x, y, z] = cellOf(vertex, tolerance);
  const steps = [-1, 0, 1];
  return steps.flatMap((a) => steps.flatMap((b) => steps.map((c) => keyOf([x + a, y + b, z + c]))));
}
