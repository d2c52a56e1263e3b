import { parseDatetime } from "@goshawk/kql";
import { ServeError } from "../http/serveError.ts";

/** A stretch of time that a query is held to, in ticks; a side that is open has no bound. */
export interface Scope {
  readonly from?: bigint;
  /** The first moment that is not part of it any more. */
  readonly to?: bigint;
}

const SECOND = 10_000_000n;
const DAY = 86_400n * SECOND;

/** ISO 8601's stretches: a duration back from now, `start/end`, `start/duration`, `duration/end`, or a start alone. */
export function isoScope(text: string, now: bigint): Scope {
  const [first = "", second, ...more] = text.trim().split("/");
  if (more.length > 0) throw notASpan(text);
  if (second === undefined) {
    const length = duration(first);
    return length === undefined ? { from: moment(first, text) } : { from: now - length, to: now };
  }
  const [before, after] = [duration(first), duration(second)];
  if (before !== undefined && after !== undefined) throw notASpan(text);
  if (before !== undefined) {
    const to = moment(second, text);
    return { from: to - before, to };
  }
  const from = moment(first, text);
  return { from, to: after === undefined ? moment(second, text) : from + after };
}

/** The ticks of `P1DT2H`; undefined where it is none. Months and years have no one length. */
function duration(text: string): bigint | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,7}))?S)?)?$/i.exec(text);
  if (match === null || /^P(?:T)?$|T$/i.test(text)) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1, 6).map((part) => BigInt(part ?? 0));
  const fraction = BigInt((match[6] ?? "").padEnd(7, "0"));
  return (
    ((weeks ?? 0n) * 7n + (days ?? 0n)) * DAY +
    (((hours ?? 0n) * 60n + (minutes ?? 0n)) * 60n + (seconds ?? 0n)) * SECOND +
    fraction
  );
}

function moment(text: string, whole: string): bigint {
  const ticks = parseDatetime(text);
  if (ticks === undefined) throw notASpan(whole);
  return ticks;
}

function notASpan(text: string): ServeError {
  return new ServeError(
    400,
    "BadArgumentError",
    `The timespan '${text.slice(0, 100)}' is none of PT24H, start/end, start/duration, duration/end.`,
  );
}
