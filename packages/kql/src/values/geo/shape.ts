import { jsonReal } from "../realText.ts";
import type { Position } from "./sphere.ts";

/** Lines of a GeoJSON LineString or MultiLineString. */
export type Lines = readonly (readonly Position[])[];
/** Polygons of a GeoJSON Polygon or MultiPolygon: a shell and its holes, rings closed. */
export type Polygons = readonly (readonly (readonly Position[])[])[];

const REMEMBERED = 256;

/** Shapes often stand as a constant beside a column of points. */
export function remembered<T>(read: (json: string) => T): (json: string) => T {
  const known = new Map<string, T>();
  return (json) => {
    const found = known.get(json);
    if (found !== undefined) return found;
    const made = read(json);
    if (known.size >= REMEMBERED) known.clear();
    known.set(json, made);
    return made;
  };
}

function parsed(json: string): { readonly type: unknown; readonly coordinates: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && "type" in value && "coordinates" in value ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The lines that a GeoJSON text writes; undefined where they aren't lines as Kusto demands them. */
export function readLines(json: string): Lines | undefined {
  const shape = parsed(json);
  if (shape?.type === "LineString") return allOf([shape.coordinates], line);
  return shape?.type === "MultiLineString" && Array.isArray(shape.coordinates)
    ? allOf(shape.coordinates, line)
    : undefined;
}

/** The polygons that a GeoJSON text writes; undefined where they aren't polygons as Kusto demands them. */
export function readPolygons(json: string): Polygons | undefined {
  const shape = parsed(json);
  if (shape?.type === "Polygon") return allOf([shape.coordinates], polygon);
  return shape?.type === "MultiPolygon" && Array.isArray(shape.coordinates)
    ? allOf(shape.coordinates, polygon)
    : undefined;
}

function allOf<T>(items: readonly unknown[], read: (item: unknown) => T | undefined): readonly T[] | undefined {
  const found: T[] = [];
  for (const item of items) {
    const made = read(item);
    if (made === undefined) return undefined;
    found.push(made);
  }
  return found.length === 0 ? undefined : found;
}

function position(item: unknown): Position | undefined {
  if (!Array.isArray(item) || item.length < 2) return undefined;
  const [longitude, latitude]: unknown[] = item;
  const valid =
    typeof longitude === "number" &&
    typeof latitude === "number" &&
    Number.isFinite(longitude) &&
    Math.abs(latitude) <= 90;
  return valid ? [longitude, latitude] : undefined;
}

function line(item: unknown): readonly Position[] | undefined {
  const found = Array.isArray(item) ? allOf(item, position) : undefined;
  return found !== undefined && found.length >= 2 && !repeats(found) ? found : undefined;
}

function polygon(item: unknown): readonly (readonly Position[])[] | undefined {
  return Array.isArray(item) ? allOf(item, ring) : undefined;
}

/** Closed, of at least three places that all differ. */
function ring(item: unknown): readonly Position[] | undefined {
  const found = Array.isArray(item) ? allOf(item, position) : undefined;
  const [first, last] = [found?.[0], found?.at(-1)];
  if (found === undefined || found.length < 4 || first === undefined || last === undefined) return undefined;
  if (!same(first, last)) return undefined;
  return new Set(found.map(String)).size === found.length - 1 ? found : undefined;
}

const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

function repeats(places: readonly Position[]): boolean {
  return places.some((place, index) => {
    const next = places[index + 1];
    return next !== undefined && same(place, next);
  });
}

const positionText = ([longitude, latitude]: Position): string => `[${jsonReal(longitude)},${jsonReal(latitude)}]`;
const listText = (items: readonly string[]): string => `[${items.join(",")}]`;

export function pointText(place: Position): string {
  return `{"type":"Point","coordinates":${positionText(place)}}`;
}

export function lineText(places: readonly Position[]): string {
  return `{"type":"LineString","coordinates":${listText(places.map(positionText))}}`;
}

const chainsText = (chains: Lines): string => listText(chains.map((items) => listText(items.map(positionText))));

export function multiPointText(places: readonly Position[]): string {
  return `{"type":"MultiPoint","coordinates":${listText(places.map(positionText))}}`;
}

export function polygonText(rings: Lines): string {
  return `{"type":"Polygon","coordinates":${chainsText(rings)}}`;
}

export function multiLineText(lines: Lines): string {
  return `{"type":"MultiLineString","coordinates":${chainsText(lines)}}`;
}

export function multiPolygonText(polygons: Polygons): string {
  return `{"type":"MultiPolygon","coordinates":${listText(polygons.map(chainsText))}}`;
}

/** Several shapes as one: nothing is an empty collection. */
export function collectionText(shapes: readonly string[]): string {
  const [only] = shapes;
  return shapes.length === 1 && only !== undefined
    ? only
    : `{"type":"GeometryCollection","geometries":${listText(shapes)}}`;
}
