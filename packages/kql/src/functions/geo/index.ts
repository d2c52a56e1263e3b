import { type RefusedFunction, refusedFunction, type ScalarFunction } from "../define.ts";
import type { HostFunction } from "../host/define.ts";
import { geoInfoFromIpAddress } from "./address.ts";
import { cellFunctions } from "./cells.ts";
import { madeShapes } from "./madeShapes.ts";
import { pointFunctions } from "./points.ts";
import { shapeFunctions } from "./shapes.ts";

const all = [...pointFunctions, ...cellFunctions, ...shapeFunctions, ...madeShapes];

const simplified =
  "which vertices stay comes of the order in which S2 snaps them to one another, which S2 has in C++ alone";

/** The functions of geometry. */
export const geoFunctions: readonly (ScalarFunction | RefusedFunction)[] = [
  ...all.map((row) => row.scalar),
  geoInfoFromIpAddress,
  refusedFunction("geo_simplify_polygons_array", simplified),
  refusedFunction("geo_polygon_simplify", simplified),
  refusedFunction("geo_line_simplify", simplified),
];

export const geoHostFunctions: readonly HostFunction[] = all.map((row) => row.host);
