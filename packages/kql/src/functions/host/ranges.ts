import { formatDatetime } from "../../values/datetime.ts";
import { arrayText } from "../../values/dynamicValue.ts";
import { jsonReal } from "../../values/realText.ts";
import { formatTimespan } from "../../values/timespan.ts";
import { type HostFunction, hostFunction } from "./define.ts";

/** The most elements that an array of Kusto holds. */
export const LONGEST = 1_048_576;

/** Arrays of equal or equally spaced values. */
export const ranges: readonly HostFunction[] = [
  whole("goshawk_long_range", String),
  whole("goshawk_datetime_range", (ticks) => JSON.stringify(formatDatetime(ticks))),
  whole("goshawk_timespan_range", (ticks) => JSON.stringify(formatTimespan(ticks))),
  hostFunction("goshawk_real_range", ["DOUBLE", "DOUBLE", "DOUBLE"], "VARCHAR", (start, stop, step) =>
    realRange(Number(start), Number(stop), Number(step)),
  ),
  hostFunction("goshawk_repeat", ["VARCHAR", "BIGINT"], "VARCHAR", (value, count) =>
    Number(count) < 0 ? null : arrayText(Array.from({ length: Math.min(Number(count), LONGEST) }, () => String(value))),
  ),
];

function whole(name: HostFunction["name"], text: (value: bigint) => string): HostFunction {
  return hostFunction(name, ["BIGINT", "BIGINT", "BIGINT"], "VARCHAR", (start, stop, step) => {
    const [from, to, by] = [BigInt(start ?? 0), BigInt(stop ?? 0), BigInt(step ?? 0)];
    if (by === 0n) return null;
    const found: string[] = [];
    for (let at = from; (by > 0n ? at <= to : at >= to) && found.length < LONGEST; at += by) found.push(text(at));
    return arrayText(found);
  });
}

function realRange(start: number, stop: number, step: number): string | null {
  if (step === 0 || !Number.isFinite(step)) return null;
  const found: string[] = [];
  let [last, text] = [Number.NaN, ""];
  for (let index = 0; index < LONGEST; index++) {
    const at = start + index * step;
    if (!(step > 0 ? at <= stop : at >= stop)) break;
    // Where the step is lost beside a huge start, all elements are one.
    if (at !== last) [last, text] = [at, jsonReal(at)];
    found.push(text);
  }
  return arrayText(found);
}
