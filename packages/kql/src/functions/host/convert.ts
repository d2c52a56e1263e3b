import { parseDatetime } from "../../values/parseDatetime.ts";
import { parseTimespan } from "../../values/parseTimespan.ts";
import { jsonReal, realText } from "../../values/realText.ts";
import { type HostFunction, hostFunction } from "./define.ts";

export const conversions: readonly HostFunction[] = [
  hostFunction("goshawk_real_text", ["DOUBLE"], "VARCHAR", (value) => realText(Number(value))),
  hostFunction("goshawk_real_json", ["DOUBLE"], "VARCHAR", (value) => jsonReal(Number(value))),
  hostFunction("goshawk_decimal_text", ["VARCHAR"], "VARCHAR", (text) =>
    String(text)
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, ""),
  ),
  hostFunction("goshawk_datetime", ["VARCHAR"], "BIGINT", (text) => parseDatetime(String(text)) ?? null),
  hostFunction("goshawk_timespan", ["VARCHAR"], "BIGINT", (text) => parseTimespan(String(text)) ?? null),
];
