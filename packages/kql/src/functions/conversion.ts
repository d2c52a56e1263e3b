import { typeNames } from "./conversion/gettype.ts";
import { toNumber } from "./conversion/toNumber.ts";
import { toText } from "./conversion/toText.ts";
import { toTime } from "./conversion/toTime.ts";
import type { ScalarFunction } from "./define.ts";

export const conversion: readonly ScalarFunction[] = [...toNumber, ...toText, ...toTime, ...typeNames];
