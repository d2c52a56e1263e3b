import { child, type Syntax } from "../syntax/tree.ts";
import { ticksPer } from "../values/calendar.ts";
import { parseTimespan } from "../values/parseTimespan.ts";

/** A time of day without a date. */
const clock = /^\d{1,2}:\d{2}(:\d{2}(\.\d{1,7})?)?$/;

/** A datetime literal that depends on when the query runs: `datetime()` is that time, `datetime(8:00)` of that day. */
export function queryTime(node: Syntax, now: bigint): bigint | undefined {
  if (node.kind !== "DateTimeLiteralExpression") return undefined;
  const text = child(node, "Token").value.trim();
  if (text === "") return now;
  const time = clock.test(text) ? parseTimespan(text) : undefined;
  return time === undefined ? undefined : now - (now % ticksPer.day) + time;
}
