import type { ScalarFunction } from "../define.ts";
import { dynamicAccess } from "./access.ts";
import { dynamicArrays } from "./arrays.ts";
import { dynamicBags } from "./bags.ts";
import { extractJson } from "./extractJson.ts";
import { dynamicPacking } from "./pack.ts";
import { dynamicParsing } from "./parse.ts";
import { dynamicRanges } from "./ranges.ts";
import { dynamicSets } from "./sets.ts";
import { rangeSteps } from "./steps.ts";

/** Functions that read and make dynamic values. */
export const dynamics: readonly ScalarFunction[] = [
  ...dynamicAccess,
  ...dynamicArrays,
  ...dynamicBags,
  ...dynamicPacking,
  ...dynamicParsing,
  extractJson,
  ...dynamicRanges,
  ...dynamicSets,
  ...rangeSteps,
];
