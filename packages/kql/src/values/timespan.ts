import { ticksPer } from "./calendar.ts";

/** Kusto's text of a timespan: `[-][d.]hh:mm:ss[.fffffff]`. */
export function formatTimespan(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / ticksPer.day;
  const two = (of: bigint): string => String(of).padStart(2, "0");
  const clock = [
    two((size / ticksPer.hour) % 24n),
    two((size / ticksPer.minute) % 60n),
    two((size / ticksPer.second) % 60n),
  ].join(":");
  const fraction = size % ticksPer.second;
  const tail = fraction === 0n ? "" : `.${String(fraction).padStart(7, "0")}`;
  return `${ticks < 0n ? "-" : ""}${days === 0n ? "" : `${days}.`}${clock}${tail}`;
}
