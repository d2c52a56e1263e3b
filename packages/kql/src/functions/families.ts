import { arithmetic } from "./arithmetic.ts";
import { axisFunctions } from "./axis.ts";
import { comparison } from "./comparison.ts";
import { conversion } from "./conversion.ts";
import { unitArithmetic } from "./datetime/add.ts";
import { binning } from "./datetime/bin.ts";
import { formatting } from "./datetime/format.ts";
import { making } from "./datetime/make.ts";
import { dateParts } from "./datetime/parts.ts";
import { periods } from "./datetime/periods.ts";
import { timeZones } from "./datetime/zones.ts";
import type { RefusedFunction, ScalarFunction } from "./define.ts";
import { dynamics } from "./dynamic/index.ts";
import { elements } from "./elements.ts";
import { geoFunctions } from "./geo/index.ts";
import { internalFunctions } from "./internal.ts";
import { ipv4 } from "./ip/v4.ts";
import { ipv6 } from "./ip/v6.ts";
import { logic } from "./logic.ts";
import { bits } from "./math/bits.ts";
import { unitConversions } from "./math/convert.ts";
import { realFunctions } from "./math/real.ts";
import { rounding } from "./math/rounding.ts";
import { refusedFunctions } from "./refused.ts";
import { seriesRows } from "./series/rows.ts";
import { sketchFunctions } from "./sketch.ts";
import { strings } from "./string.ts";
import { stringOperators } from "./stringOperators.ts";
import { termArrays } from "./text/anyTerm.ts";
import { base64 } from "./text/base64.ts";
import { captures } from "./text/capture.ts";
import { compression } from "./text/compression.ts";
import { editing } from "./text/edit.ts";
import { encoding } from "./text/encode.ts";
import { hashes } from "./text/hashes.ts";
import { keyValueRows } from "./text/keyValues.ts";
import { patterns } from "./text/patterns.ts";
import { points } from "./text/points.ts";
import { searching } from "./text/search.ts";
import { userAgents } from "./text/userAgent.ts";
import { ticks } from "./ticks.ts";

/** Every scalar function and operator; what a family has is in its own file. */
export const scalarFamilies: readonly (ScalarFunction | RefusedFunction)[] = [
  ...arithmetic,
  ...axisFunctions,
  ...captures,
  ...comparison,
  ...conversion,
  ...binning,
  ...dateParts,
  ...formatting,
  ...making,
  ...periods,
  ...timeZones,
  ...unitArithmetic,
  ...dynamics,
  ...elements,
  ...internalFunctions,
  ...keyValueRows,
  ...bits,
  ...geoFunctions,
  ...logic,
  ...refusedFunctions,
  ...seriesRows,
  ...sketchFunctions,
  ...realFunctions,
  ...unitConversions,
  ...rounding,
  ...stringOperators,
  ...strings,
  ...termArrays,
  ...ticks,
  ...base64,
  ...hashes,
  ...points,
  ...compression,
  ...editing,
  ...encoding,
  ...patterns,
  ...searching,
  ...userAgents,
  ...ipv4,
  ...ipv6,
];
