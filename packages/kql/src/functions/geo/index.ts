import type { ScalarFunction } from "../define.ts";
import type { HostFunction } from "../host/define.ts";
import { geoInfoFromIpAddress } from "./address.ts";
import { cellFunctions } from "./cells.ts";
import { madeShapes } from "./madeShapes.ts";
import { pointFunctions } from "./points.ts";
import { shapeFunctions } from "./shapes.ts";

const all = [...pointFunctions, ...cellFunctions, ...shapeFunctions, ...madeShapes];

/** The functions of geometry. */
export const geoFunctions: readonly ScalarFunction[] = [...all.map((row) => row.scalar), geoInfoFromIpAddress];

export const geoHostFunctions: readonly HostFunction[] = all.map((row) => row.host);
