import { number } from "../../sql/build.ts";
import * as cells from "../../values/geo/cells.ts";
import { boxOf, centreOf, cornersOf, geohashOf, neighboursOf } from "../../values/geo/geohash.ts";
import { pointText, polygonText } from "../../values/geo/shape.ts";
import type { HostValue } from "../host/define.ts";
import { type GeoFunction, geoFunction } from "./define.ts";
import { placeOf } from "./points.ts";

type Text = (token: string) => HostValue | undefined;

const ofToken = (signature: string, summary: string, run: Text): GeoFunction =>
  geoFunction({ signature, summary, run: (token) => run(String(token)) });

/** The cell of a place, where the third argument is in a range. */
const ofPlace =
  (low: number, high: number, run: (place: readonly [number, number], level: number) => string) =>
  (...[longitude, latitude, level]: readonly HostValue[]): string | undefined => {
    const place = placeOf(longitude, latitude);
    return place === undefined || !(Number(level) >= low && Number(level) <= high)
      ? undefined
      : run(place, Number(level));
  };

const order = "Kusto does not say in which order neighbours stand";

const neighbours = (signature: string, summary: string, run: Text): GeoFunction =>
  geoFunction({ signature, summary, approximate: order, run: (token) => run(String(token)) });

export const cellFunctions: readonly GeoFunction[] = [
  geoFunction({
    signature: "geo_point_to_geohash(longitude: real, latitude: real, accuracy?: long): string",
    summary: "The geohash of so many digits around a place.",
    defaults: [number(5)],
    run: ofPlace(1, 18, geohashOf),
    examples: [["geo_point_to_geohash(-80.195829, 25.802215, 8)", '"dhwfz15h"']],
  }),
  ofToken("geo_geohash_to_central_point(geohash: string): dynamic", "The centre of a geohash.", (token) => {
    const box = boxOf(token);
    return box === undefined ? undefined : pointText(centreOf(box));
  }),
  ofToken("geo_geohash_to_polygon(geohash: string): dynamic", "The rectangle of a geohash.", (token) => {
    const box = boxOf(token);
    return box === undefined ? undefined : polygonText([cornersOf(box)]);
  }),
  neighbours("geo_geohash_neighbors(geohash: string): dynamic", "The geohashes around one.", (token) => {
    const found = neighboursOf(token);
    return found === undefined ? undefined : JSON.stringify(found);
  }),
  geoFunction({
    signature: "geo_point_to_s2cell(longitude: real, latitude: real, level?: long): string",
    summary: "The token of the S2 cell of a level around a place.",
    defaults: [number(11)],
    run: ofPlace(0, 30, cells.s2CellOf),
    examples: [["geo_point_to_s2cell(-80.195829, 25.802215, 8)", '"88d9b"']],
  }),
  ofToken("geo_s2cell_to_central_point(token: string): dynamic", "The centre of an S2 cell.", cells.s2Centre),
  ofToken("geo_s2cell_to_polygon(token: string): dynamic", "The outline of an S2 cell.", cells.s2Polygon),
  neighbours("geo_s2cell_neighbors(token: string): dynamic", "The S2 cells around one.", cells.s2Neighbours),
  geoFunction({
    signature: "geo_point_to_h3cell(longitude: real, latitude: real, resolution?: long): string",
    summary: "The token of the H3 cell of a resolution around a place.",
    defaults: [number(6)],
    run: ofPlace(0, 15, cells.h3CellOf),
    examples: [["geo_point_to_h3cell(-74.04450446039874, 40.689250859314974, 6)", '"862a1072fffffff"']],
  }),
  ofToken("geo_h3cell_to_central_point(token: string): dynamic", "The centre of an H3 cell.", cells.h3Centre),
  ofToken("geo_h3cell_to_polygon(token: string): dynamic", "The outline of an H3 cell.", cells.h3Polygon),
  neighbours("geo_h3cell_neighbors(token: string): dynamic", "The H3 cells around one.", cells.h3Neighbours),
  ofToken("geo_h3cell_level(token: string): int", "The resolution of an H3 cell.", cells.h3Level),
  geoFunction({
    signature: "geo_h3cell_parent(token: string, resolution?: long): string",
    summary: "The H3 cell of a lower resolution that holds one, by default the next.",
    defaults: [number(-1)],
    run: (token, resolution) => cells.h3Parent(String(token), given(resolution)),
    examples: [["geo_h3cell_parent('862a1072fffffff', 1)", '"812a3ffffffffff"']],
  }),
  geoFunction({
    signature: "geo_h3cell_children(token: string, resolution?: long): dynamic",
    summary: "The H3 cells of a higher resolution inside one, by default the next; null beyond five levels.",
    defaults: [number(-1)],
    run: (token, resolution) => cells.h3Children(String(token), given(resolution)),
  }),
  geoFunction({
    signature: "geo_h3cell_rings(token: string, distance: long): dynamic",
    summary: "The rings of H3 cells around one, to a distance.",
    run: (token, distance) => cells.h3Rings(String(token), Number(distance)),
  }),
];

/** Below zero stands for an argument that was left out. */
const given = (resolution: HostValue | undefined): number | undefined =>
  Number(resolution) < 0 ? undefined : Number(resolution);
