import { bags } from "./bags.ts";
import { conversions } from "./convert.ts";
import { dates } from "./dates.ts";
import type { HostFunction } from "./define.ts";
import { keyValueFunctions } from "./keyValues.ts";

/** Every function that an engine must lend to SQL. */
export const hostFunctions: readonly HostFunction[] = [...bags, ...conversions, ...dates, ...keyValueFunctions];
