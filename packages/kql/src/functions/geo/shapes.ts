import { number } from "../../sql/build.ts";
import { lineToS2, polygonToH3, polygonToS2 } from "../../values/geo/coverings.ts";
import * as lines from "../../values/geo/lines.ts";
import * as meetings from "../../values/geo/meetings.ts";
import * as polygons from "../../values/geo/polygons.ts";
import type { Vector } from "../../values/geo/sphere.ts";
import type { HostValue } from "../host/define.ts";
import { type GeoFunction, geoFunction } from "./define.ts";
import { directionOf } from "./points.ts";

const ofShape = (signature: string, summary: string, run: (json: string) => HostValue | undefined): GeoFunction =>
  geoFunction({ signature, summary, run: (json) => run(String(json)) });

const ofPlace = (
  signature: string,
  summary: string,
  run: (place: Vector, json: string) => HostValue | undefined,
): GeoFunction =>
  geoFunction({
    signature,
    summary,
    run: (longitude, latitude, json) => {
      const place = directionOf(longitude, latitude);
      return place === undefined ? undefined : run(place, String(json));
    },
  });

const ofTwo = (
  signature: string,
  summary: string,
  run: (left: string, right: string) => HostValue | undefined,
): GeoFunction => geoFunction({ signature, summary, run: (left, right) => run(String(left), String(right)) });

const place = "longitude: real, latitude: real";

export const shapeFunctions: readonly GeoFunction[] = [
  ofShape("geo_line_length(line: dynamic): real", "Metres along a line.", lines.lineLength),
  ofShape("geo_line_centroid(line: dynamic): dynamic", "The centre of mass of a line.", lines.lineCentroid),
  geoFunction({
    signature: "geo_line_interpolate_point(line: dynamic, fraction: real): dynamic",
    summary: "The place at a part of a line's length.",
    run: (line, fraction) => lines.interpolatePoint(String(line), Number(fraction)),
  }),
  geoFunction({
    signature: `geo_line_locate_point(line: dynamic, ${place}): real`,
    summary: "The part of a line's length at which it is nearest to a place.",
    run: (line, longitude, latitude) => {
      const found = directionOf(longitude, latitude);
      return found === undefined ? undefined : lines.locatePoint(String(line), found);
    },
  }),
  ofPlace(
    `geo_distance_point_to_line(${place}, line: dynamic): real`,
    "Metres from a place to a line.",
    lines.distanceToLine,
  ),
  ofPlace(
    `geo_closest_point_on_line(${place}, line: dynamic): dynamic`,
    "The place of a line nearest to another.",
    lines.closestOnLine,
  ),
  ofPlace(`geo_point_in_polygon(${place}, polygon: dynamic): bool`, "Whether a place lies in a polygon.", (at, json) =>
    polygons.polygonContains(json, at),
  ),
  ofPlace(
    `geo_distance_point_to_polygon(${place}, polygon: dynamic): real`,
    "Metres from a place to a polygon, 0 inside it.",
    polygons.distanceToPolygon,
  ),
  ofPlace(
    `geo_closest_point_on_polygon(${place}, polygon: dynamic): dynamic`,
    "The place of a polygon nearest to another.",
    polygons.closestOnPolygon,
  ),
  ofShape("geo_polygon_area(polygon: dynamic): real", "Square metres of a polygon.", polygons.polygonArea),
  ofShape("geo_polygon_perimeter(polygon: dynamic): real", "Metres around a polygon.", polygons.polygonPerimeter),
  ofShape(
    "geo_polygon_centroid(polygon: dynamic): dynamic",
    "The centre of mass of a polygon.",
    polygons.polygonCentroid,
  ),
  ofTwo("geo_intersects_2lines(a: dynamic, b: dynamic): bool", "Whether two lines meet.", meetings.linesIntersect),
  ofTwo(
    "geo_intersects_line_with_polygon(line: dynamic, polygon: dynamic): bool",
    "Whether a line meets a polygon.",
    meetings.lineIntersectsPolygon,
  ),
  ofTwo(
    "geo_intersects_2polygons(a: dynamic, b: dynamic): bool",
    "Whether two polygons meet.",
    meetings.polygonsIntersect,
  ),
  ofTwo(
    "geo_intersection_2lines(a: dynamic, b: dynamic): dynamic",
    "The points and edges that two lines have in common.",
    meetings.lineIntersection,
  ),
  ofTwo(
    "geo_intersection_line_with_polygon(line: dynamic, polygon: dynamic): dynamic",
    "The parts of a line in a polygon.",
    meetings.lineInPolygon,
  ),
  geoFunction({
    signature: "geo_polygon_to_s2cells(polygon: dynamic, level?: long): dynamic",
    summary: "The S2 cells of a level that cover a polygon; null beyond 65,536.",
    defaults: [number(11)],
    run: (json, level) => polygonToS2(String(json), Number(level)),
  }),
  geoFunction({
    signature: "geo_line_to_s2cells(line: dynamic, level?: long): dynamic",
    summary: "The S2 cells of a level that cover a line; null beyond 65,536.",
    defaults: [number(11)],
    run: (json, level) => lineToS2(String(json), Number(level)),
  }),
  geoFunction({
    signature: "geo_polygon_to_h3cells(polygon: dynamic, resolution?: long): dynamic",
    summary: "The H3 cells of a resolution whose centres lie in a polygon; null beyond 61,680.",
    approximate: "Kusto does not say in which order the cells stand",
    defaults: [number(6)],
    run: (json, resolution) => polygonToH3(String(json), Number(resolution)),
  }),
];
