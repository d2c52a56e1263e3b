import { h3, s2 } from "./library.ts";
import { angleAlong, chains } from "./lines.ts";
import { areaOf } from "./polygons.ts";
import { polyline } from "./segments.ts";
import { readPolygons } from "./shape.ts";
import { EARTH_RADIUS } from "./sphere.ts";

/** The most cells that Kusto covers a shape with. */
const MOST_S2 = 65_536;
const MOST_H3 = 61_680;

type Region = Parameters<InstanceType<ReturnType<typeof s2>["RegionCoverer"]>["covering"]>[0];

function covering(regions: readonly Region[], level: number): string | undefined {
  const { cellid, RegionCoverer } = s2();
  const coverer = new RegionCoverer({ minLevel: level, maxLevel: level, maxCells: MOST_S2 });
  const cells = new Set(regions.flatMap((region) => [...coverer.covering(region)]));
  if (cells.size > MOST_S2) return undefined;
  const sorted = [...cells].sort((a, b) => (a < b ? -1 : 1));
  return JSON.stringify(sorted.map((cell) => cellid.toToken(cell)));
}

/** The S2 cells of a level that a polygon touches; undefined where they are too many. */
export function polygonToS2(json: string, level: number): string | undefined {
  const area = areaOf(json);
  if (area === undefined || !(level >= 0 && level <= 30)) return undefined;
  const inside = area.polygons.reduce((total, polygon) => total + polygon.area(), 0);
  const around = area.rings.reduce((total, ring) => total + angleAlong(ring), 0);
  return inside / cellArea(level) + around / cellWidth(level) > MOST_S2 * 4
    ? undefined
    : covering(area.polygons, level);
}

/** The S2 cells of a level that a line passes; undefined where they are too many. */
export function lineToS2(json: string, level: number): string | undefined {
  const all = chains(json);
  if (all === undefined || !(level >= 0 && level <= 30)) return undefined;
  const along = all.reduce((total, chain) => total + angleAlong(chain), 0);
  return along / cellWidth(level) > MOST_S2 * 4 ? undefined : covering(all.map(polyline), level);
}

/** Steradians and radians of a cell of a level, on average. */
const cellArea = (level: number): number => (4 * Math.PI) / (6 * 4 ** level);
const cellWidth = (level: number): number => Math.sqrt(cellArea(level));

/** The H3 cells of a resolution whose centres lie in a polygon; undefined where they are too many. */
export function polygonToH3(json: string, resolution: number): string | undefined {
  const polygons = readPolygons(json);
  const area = areaOf(json);
  if (polygons === undefined || area === undefined || !(resolution >= 0 && resolution <= 15)) return undefined;
  const squareMetres = area.polygons.reduce((total, polygon) => total + polygon.area(), 0) * EARTH_RADIUS ** 2;
  if (squareMetres / h3().getHexagonAreaAvg(resolution, "m2") > MOST_H3 * 2) return undefined;
  const rings = polygons.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [x, y])));
  const cells = new Set(rings.flatMap((polygon) => h3().polygonToCells(polygon, resolution, true)));
  return cells.size > MOST_H3 ? undefined : JSON.stringify([...cells]);
}
