import { parseDatetime } from "../../values/parseDatetime.ts";
import { parseTimespan } from "../../values/parseTimespan.ts";
import { jsonReal, realText } from "../../values/realText.ts";
import { formatTimespan } from "../../values/timespan.ts";
import { type HostFunction, hostFunction } from "./define.ts";

export const conversions: readonly HostFunction[] = [
  hostFunction("goshawk_timespan_text", ["BIGINT"], "VARCHAR", (ticks) => formatTimespan(BigInt(ticks ?? 0))),
  hostFunction("goshawk_real_text", ["DOUBLE"], "VARCHAR", (value) => realText(Number(value))),
  hostFunction("goshawk_real_json", ["DOUBLE"], "VARCHAR", (value) => jsonReal(Number(value))),
  hostFunction("goshawk_decimal_text", ["VARCHAR"], "VARCHAR", (text) =>
    String(text)
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, ""),
  ),
  hostFunction("goshawk_datetime", ["VARCHAR"], "BIGINT", (text) => parseDatetime(String(text)) ?? null),
  hostFunction("goshawk_timespan", ["VARCHAR"], "BIGINT", (text) => parseTimespan(String(text)) ?? null),
  hostFunction("goshawk_hex_long", ["VARCHAR"], "BIGINT", (text) => hexLong(String(text))),
];

/** The bits that hexadecimal digits write, as a long; null for other text. */
function hexLong(text: string): bigint | null {
  return /^0x[0-9a-f]{1,16}$/i.test(text) ? BigInt.asIntN(64, BigInt(text.toLowerCase())) : null;
}
