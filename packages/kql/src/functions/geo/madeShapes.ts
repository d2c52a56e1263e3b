import { real, value } from "../../sql/build.ts";
import { lineBuffer, polygonBuffer } from "../../values/geo/buffer.ts";
import { densifyLine, densifyPolygon } from "../../values/geo/densify.ts";
import { polygonsInCommon, unionOfPolygons } from "../../values/geo/overlay.ts";
import { simplifyLine, simplifyPolygons } from "../../values/geo/simplify.ts";
import { unionOfLines } from "../../values/geo/unionLines.ts";
import { elements } from "../../values/jsonText.ts";
import type { HostValue } from "../host/define.ts";
import { type GeoFunction, geoFunction } from "./define.ts";

const snapped = "S2's rules of snapping and straightening, without its care for other vertices near a new edge";
const wide = "null for shapes that reach over more than some 80 degrees from their middle";

/** The elements of an array; none of other JSON. */
const itemsOf = (json: HostValue | undefined): readonly string[] =>
  String(json).startsWith("[") ? elements(String(json)) : [];

/** Functions whose answer is a new line or polygon. */
export const madeShapes: readonly GeoFunction[] = [
  geoFunction({
    signature: "geo_line_buffer(line: dynamic, radius: real, tolerance?: real): dynamic",
    summary: "The polygon of all places within a radius in metres of a line.",
    approximate: wide,
    defaults: [real(10)],
    run: (line, radius, tolerance) => lineBuffer(String(line), Number(radius), Number(tolerance)),
  }),
  geoFunction({
    signature: "geo_polygon_buffer(polygon: dynamic, radius: real, tolerance?: real): dynamic",
    summary: "The polygon of all places within a radius in metres of a polygon.",
    approximate: wide,
    defaults: [real(10)],
    run: (polygon, radius, tolerance) => polygonBuffer(String(polygon), Number(radius), Number(tolerance)),
  }),
  geoFunction({
    signature: "geo_union_polygons_array(polygons: dynamic): dynamic",
    summary: "The union of an array of polygons.",
    approximate: wide,
    run: (polygons) => unionOfPolygons(itemsOf(polygons)),
  }),
  geoFunction({
    signature: "geo_union_lines_array(lines: dynamic): dynamic",
    summary: "The union of an array of lines.",
    approximate: `${wide}; lines that cross are cut where they do, of which Kusto's documentation says nothing`,
    run: (lines) => unionOfLines(itemsOf(lines)),
  }),
  geoFunction({
    signature: "geo_intersection_2polygons(a: dynamic, b: dynamic): dynamic",
    summary: "The areas, borders and corners that two polygons have in common.",
    approximate: wide,
    run: (a, b) => polygonsInCommon(String(a), String(b)),
  }),
  geoFunction({
    signature: "geo_line_densify(line: dynamic, tolerance?: real, preserve?: bool): dynamic",
    summary: "A line whose edges are straight on a map, with vertices added so that great circles keep near them.",
    defaults: [real(10), value(false)],
    run: (line, tolerance, preserve) => densifyLine(String(line), Number(tolerance), preserve === true),
  }),
  geoFunction({
    signature: "geo_polygon_densify(polygon: dynamic, tolerance?: real, preserve?: bool): dynamic",
    summary: "A polygon whose edges are straight on a map, with vertices added so that great circles keep near them.",
    approximate: "a polygon over the antimeridian is not cut there",
    defaults: [real(10), value(false)],
    run: (polygon, tolerance) => densifyPolygon(String(polygon), Number(tolerance)),
  }),
  geoFunction({
    signature: "geo_line_simplify(line: dynamic, tolerance?: real): dynamic",
    summary: "A line without vertices that are near to others, or to a straight edge, by a tolerance in metres.",
    approximate: snapped,
    defaults: [real(10)],
    examples: [
      [
        'isnull(geo_line_simplify(dynamic({"type":"LineString","coordinates":[[1.1, 1.1],[1.2,1.2]]}), 100000))',
        "true",
        "shorter than the tolerance",
      ],
      ['isnull(geo_line_simplify(dynamic({"type":"LineString","coordinates":[[1, 1],[2,2]]}), -1))', "true"],
    ],
    run: (line, tolerance) => simplifyLine(String(line), Number(tolerance)),
  }),
  geoFunction({
    signature: "geo_polygon_simplify(polygon: dynamic, tolerance?: real): dynamic",
    summary: "A polygon without vertices that are near to others, or to a straight edge, by a tolerance in metres.",
    approximate: snapped,
    defaults: [real(10)],
    run: (polygon, tolerance) => simplifyPolygons([String(polygon)], Number(tolerance)),
  }),
  geoFunction({
    signature: "geo_simplify_polygons_array(polygons: dynamic, tolerance?: real): dynamic",
    summary: "The union of polygons that are simplified with the borders that they share.",
    approximate: snapped,
    defaults: [real(10)],
    run: (polygons, tolerance) => simplifyPolygons(itemsOf(polygons), Number(tolerance)),
  }),
];
