import { h3, s2 } from "./library.ts";
import { pointText, polygonText } from "./shape.ts";
import { type Position, positionOf } from "./sphere.ts";

/** The token of the S2 cell of a level, 0 to 30, around a place. */
export function s2CellOf([longitude, latitude]: Position, level: number): string {
  const { cellid, LatLng } = s2();
  return cellid.toToken(cellid.parent(cellid.fromLatLng(LatLng.fromDegrees(latitude, longitude)), level));
}

function s2Cell(token: string): bigint | undefined {
  if (!/^[0-9a-f]{1,16}$/i.test(token)) return undefined;
  const { cellid } = s2();
  const id = cellid.fromToken(token.toLowerCase());
  return cellid.valid(id) ? id : undefined;
}

export function s2Centre(token: string): string | undefined {
  const id = s2Cell(token);
  return id === undefined ? undefined : pointText(positionOf(s2().cellid.point(id)));
}

export function s2Polygon(token: string): string | undefined {
  const id = s2Cell(token);
  if (id === undefined) return undefined;
  const cell = s2().Cell.fromCellID(id);
  const corners = [0, 1, 2, 3, 0].map((corner) => positionOf(cell.vertex(corner)));
  return polygonText([corners]);
}

/** The tokens of the cells that share an edge or a corner with one. */
export function s2Neighbours(token: string): string | undefined {
  const id = s2Cell(token);
  if (id === undefined) return undefined;
  const { cellid } = s2();
  const found = cellid.allNeighbors(id, cellid.level(id)).filter((item) => item !== id);
  return JSON.stringify([...new Set(found)].map((item) => cellid.toToken(item)));
}

/** The H3 cell of a resolution, 0 to 15, around a place. */
export function h3CellOf([longitude, latitude]: Position, resolution: number): string {
  return h3().latLngToCell(latitude, longitude, resolution);
}

const h3Cell = (token: string): string | undefined => (h3().isValidCell(token) ? token : undefined);

export function h3Centre(token: string): string | undefined {
  const cell = h3Cell(token);
  if (cell === undefined) return undefined;
  const [latitude, longitude] = h3().cellToLatLng(cell);
  return pointText([longitude, latitude]);
}

export function h3Polygon(token: string): string | undefined {
  const cell = h3Cell(token);
  if (cell === undefined) return undefined;
  const corners = h3()
    .cellToBoundary(cell)
    .map(([latitude = 0, longitude = 0]): Position => [longitude, latitude]);
  const [first] = corners;
  return first === undefined ? undefined : polygonText([[...corners, first]]);
}

export function h3Neighbours(token: string): string | undefined {
  const cell = h3Cell(token);
  return cell === undefined ? undefined : JSON.stringify(h3().gridDisk(cell, 1).slice(1));
}

/** The largest distance of rings that Kusto takes. */
const FARTHEST_RING = 142;

export function h3Rings(token: string, distance: number): string | undefined {
  const cell = h3Cell(token);
  if (cell === undefined || !(distance >= 0 && distance <= FARTHEST_RING)) return undefined;
  return JSON.stringify(h3().gridDiskDistances(cell, distance));
}

export function h3Level(token: string): number | undefined {
  const cell = h3Cell(token);
  return cell === undefined ? undefined : h3().getResolution(cell);
}

export function h3Parent(token: string, resolution?: number): string | undefined {
  const level = h3Level(token);
  const wanted = resolution ?? (level ?? 0) - 1;
  return level === undefined || !(wanted >= 0 && wanted < level) ? undefined : h3().cellToParent(token, wanted);
}

/** Children no more than five levels below. */
export function h3Children(token: string, resolution?: number): string | undefined {
  const level = h3Level(token);
  if (level === undefined) return undefined;
  const wanted = resolution ?? level + 1;
  if (!(wanted > level && wanted <= 15 && wanted - level <= 5)) return undefined;
  return JSON.stringify(h3().cellToChildren(token, wanted));
}
