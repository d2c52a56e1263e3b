import { geoHostFunctions } from "../geo/index.ts";
import { arrays } from "./arrays.ts";
import { bags } from "./bags.ts";
import { codeFunctions } from "./codes.ts";
import { collectors } from "./collect.ts";
import { conversions } from "./convert.ts";
import { dates } from "./dates.ts";
import { decimals } from "./decimals.ts";
import type { HostFunction } from "./define.ts";
import { ipv4Functions } from "./ipv4.ts";
import { ipv6Functions } from "./ipv6.ts";
import { jsonFunctions } from "./json.ts";
import { keyValueFunctions } from "./keyValues.ts";
import { parsers } from "./parsers.ts";
import { patternFunctions } from "./patterns.ts";
import { ranges } from "./ranges.ts";
import { regexFunctions } from "./regexes.ts";
import { schemas } from "./schema.ts";
import { seriesFunctions } from "./series.ts";
import { sessions } from "./sessions.ts";
import { sets } from "./sets.ts";
import { sketches } from "./sketches.ts";
import { statistics } from "./statistics.ts";
import { termFunctions } from "./terms.ts";
import { textFunctions } from "./texts.ts";
import { urlFunctions } from "./urls.ts";
import { userAgentFunctions } from "./userAgents.ts";

/** Every function that an engine must lend to SQL. */
export const hostFunctions: readonly HostFunction[] = [
  ...arrays,
  ...bags,
  ...codeFunctions,
  ...collectors,
  ...conversions,
  ...dates,
  ...decimals,
  ...geoHostFunctions,
  ...jsonFunctions,
  ...keyValueFunctions,
  ...patternFunctions,
  ...ranges,
  ...regexFunctions,
  ...schemas,
  ...seriesFunctions,
  ...sessions,
  ...sets,
  ...sketches,
  ...statistics,
  ...termFunctions,
  ...textFunctions,
  ...urlFunctions,
  ...userAgentFunctions,
  ...parsers,
  ...ipv4Functions,
  ...ipv6Functions,
];
