import { arithmetic } from "./arithmetic.ts";
import { comparison } from "./comparison.ts";
import { conversion } from "./conversion.ts";
import { datetimes } from "./datetime.ts";
import type { RefusedFunction, ScalarFunction } from "./define.ts";
import { dynamicAccess } from "./dynamic.ts";
import { elements } from "./elements.ts";
import { logic } from "./logic.ts";
import { strings } from "./string.ts";
import { stringOperators } from "./stringOperators.ts";
import { captures } from "./text/capture.ts";
import { keyValueRows } from "./text/keyValues.ts";

/** Every scalar function and operator; what a family has is in its own file. */
export const scalarFamilies: readonly (ScalarFunction | RefusedFunction)[] = [
  ...arithmetic,
  ...captures,
  ...comparison,
  ...conversion,
  ...datetimes,
  ...dynamicAccess,
  ...elements,
  ...keyValueRows,
  ...logic,
  ...stringOperators,
  ...strings,
];
