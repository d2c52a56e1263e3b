import { real } from "../../sql/build.ts";
import { pointBuffer } from "../../values/geo/buffer.ts";
import { wkt } from "../../values/geo/library.ts";
import {
  collectionText,
  lineText,
  multiLineText,
  multiPointText,
  multiPolygonText,
  pointText,
  polygonText,
} from "../../values/geo/shape.ts";
import { azimuth, distance, isPosition, type Position, turn, type Vector, vectorOf } from "../../values/geo/sphere.ts";
import type { HostValue } from "../host/define.ts";
import { type GeoFunction, geoFunction } from "./define.ts";

/** A place as Kusto takes it. */
export function placeOf(longitude: HostValue | undefined, latitude: HostValue | undefined): Position | undefined {
  const [x, y] = [Number(longitude), Number(latitude)];
  return isPosition(x, y) ? [x, y] : undefined;
}

export function directionOf(longitude: HostValue | undefined, latitude: HostValue | undefined): Vector | undefined {
  const place = placeOf(longitude, latitude);
  return place === undefined ? undefined : vectorOf(place);
}

/** Runs on the places that pairs of arguments name, or not at all. */
function onPlaces<T>(args: readonly HostValue[], count: number, run: (places: readonly Vector[]) => T): T | undefined {
  const places = Array.from({ length: count }, (_, index) => directionOf(args[index * 2], args[index * 2 + 1]));
  const found = places.flatMap((place) => (place === undefined ? [] : [place]));
  return found.length === count ? run(found) : undefined;
}

export const pointFunctions: readonly GeoFunction[] = [
  geoFunction({
    signature: "geo_distance_2points(longitude1: real, latitude1: real, longitude2: real, latitude2: real): real",
    summary: "Metres between two places on a sphere.",
    run: (...args) => onPlaces(args, 2, ([a, b]) => (a === undefined || b === undefined ? undefined : distance(a, b))),
    examples: [
      ["round(geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056), 6)", "1546754.351974"],
      ["geo_distance_2points(300, 1, 1, 1)", "real(null)", "no such longitude"],
    ],
  }),
  geoFunction({
    signature: "geo_azimuth(longitude1: real, latitude1: real, longitude2: real, latitude2: real): real",
    summary: "Radians clockwise from north in which the second place lies from the first; null where they are one.",
    run: (...args) => onPlaces(args, 2, ([a, b]) => (a === undefined || b === undefined ? undefined : azimuth(a, b))),
    examples: [["round(geo_azimuth(5, 10, 10, -40), 12)", "3.054599397964"]],
  }),
  geoFunction({
    signature:
      "geo_angle(longitude1: real, latitude1: real, longitude2: real, latitude2: real, longitude3: real, latitude3: real): real",
    summary: "Radians clockwise at the second place from the first to the third.",
    run: (...args) =>
      onPlaces(args, 3, ([a, b, c]) =>
        a === undefined || b === undefined || c === undefined ? undefined : turn(a, b, c),
      ),
    examples: [["round(degrees(geo_angle(0, 10, 0, 5, 3, -10)), 9)", "168.732543198"]],
  }),
  geoFunction({
    signature:
      "geo_point_in_circle(longitude: real, latitude: real, centreLongitude: real, centreLatitude: real, radius: real): bool",
    summary: "Whether a place lies within a radius in metres of another.",
    run: (...args) =>
      Number(args[4]) >= 0
        ? onPlaces(args, 2, ([a, b]) =>
            a === undefined || b === undefined ? undefined : distance(a, b) <= Number(args[4]),
          )
        : undefined,
    examples: [["geo_point_in_circle(-122.143564, 47.535677, -122.100896, 47.527351, 3500)", "true"]],
  }),
  geoFunction({
    signature: "geo_point_buffer(longitude: real, latitude: real, radius: real, tolerance?: real): dynamic",
    summary: "The circle of a radius in metres around a place, as a polygon.",
    defaults: [real(10)],
    run: (longitude, latitude, radius, tolerance) => {
      const place = placeOf(longitude, latitude);
      return place === undefined ? undefined : pointBuffer(place, Number(radius), Number(tolerance));
    },
    examples: [["isnull(geo_point_buffer(10, 10, -1))", "true", "no such radius"]],
  }),
  geoFunction({
    signature: "geo_from_wkt(text: string): dynamic",
    summary: "The shape that a well-known text writes, as GeoJSON; null for other text.",
    run: (text) => shapeOf(String(text)),
    examples: [
      [
        'tostring(geo_from_wkt("MULTIPOINT (1 1, 2 2)"))',
        '"{\\"type\\":\\"MultiPoint\\",\\"coordinates\\":[[1.0,1.0],[2.0,2.0]]}"',
      ],
      ['isnull(geo_from_wkt("LINESTRING"))', "true"],
    ],
  }),
];

function shapeOf(text: string): string | undefined {
  try {
    const shape = wkt().wktToGeoJSON(text);
    return shape === null ? undefined : shapeText(shape);
  } catch {
    return undefined;
  }
}

type Shape = NonNullable<ReturnType<ReturnType<typeof wkt>["wktToGeoJSON"]>>;

const flat = (places: readonly (readonly number[])[]): readonly Position[] =>
  places.map(([longitude = 0, latitude = 0]) => [longitude, latitude]);

function shapeText(shape: Shape): string | undefined {
  switch (shape.type) {
    case "Point": {
      const [place] = flat([shape.coordinates]);
      return place === undefined ? undefined : pointText(place);
    }
    case "MultiPoint":
      return multiPointText(flat(shape.coordinates));
    case "LineString":
      return lineText(flat(shape.coordinates));
    case "MultiLineString":
      return multiLineText(shape.coordinates.map(flat));
    case "Polygon":
      return polygonText(shape.coordinates.map(flat));
    case "MultiPolygon":
      return multiPolygonText(shape.coordinates.map((rings) => rings.map(flat)));
    case "GeometryCollection": {
      const shapes = shape.geometries.map(shapeText);
      const known = shapes.flatMap((item) => (item === undefined ? [] : [item]));
      return known.length === shapes.length ? collectionOf(known) : undefined;
    }
  }
}

const collectionOf = (shapes: readonly string[]): string =>
  shapes.length === 1 ? `{"type":"GeometryCollection","geometries":[${shapes.join("")}]}` : collectionText(shapes);
