import { type RefusedFunction, refusedFunction, type ScalarFunction } from "../define.ts";
import type { HostFunction } from "../host/define.ts";
import { geoInfoFromIpAddress } from "./address.ts";
import { cellFunctions } from "./cells.ts";
import { pointFunctions } from "./points.ts";
import { shapeFunctions } from "./shapes.ts";

const all = [...pointFunctions, ...cellFunctions, ...shapeFunctions];

const outlines =
  "its outline comes of S2's operations on sets of edges, which S2 has in C++ alone; any other way gives other vertices";
const planar = "it adds vertices as S2's tessellator in C++ does; any other way gives other vertices";

/** The functions of geometry. */
export const geoFunctions: readonly (ScalarFunction | RefusedFunction)[] = [
  ...all.map((row) => row.scalar),
  geoInfoFromIpAddress,
  refusedFunction("geo_intersection_2polygons", outlines),
  refusedFunction("geo_union_polygons_array", outlines),
  refusedFunction("geo_union_lines_array", outlines),
  refusedFunction("geo_simplify_polygons_array", outlines),
  refusedFunction("geo_polygon_buffer", outlines),
  refusedFunction("geo_line_buffer", outlines),
  refusedFunction("geo_polygon_simplify", outlines),
  refusedFunction("geo_line_simplify", outlines),
  refusedFunction("geo_polygon_densify", planar),
  refusedFunction("geo_line_densify", planar),
];

export const geoHostFunctions: readonly HostFunction[] = all.map((row) => row.host);
