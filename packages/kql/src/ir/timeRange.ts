import type { Scalar } from "./scalar.ts";
import { constantTicks } from "./timeBounds.ts";

/** A span of time in ticks, both ends included; an end that is absent is open. */
export interface TimeRange {
  readonly from?: bigint;
  readonly to?: bigint;
}

/** The narrowest span that conditions which all hold leave to a datetime column; rows without a time are never in it. */
export function timeRange(conditions: readonly Scalar[], isTime: (column: number) => boolean): TimeRange {
  let range: TimeRange = {};
  for (const condition of conditions) range = narrowed(range, rangeOf(condition, isTime));
  return range;
}

function narrowed(a: TimeRange, b: TimeRange): TimeRange {
  const from = a.from === undefined || (b.from !== undefined && b.from > a.from) ? b.from : a.from;
  const to = a.to === undefined || (b.to !== undefined && b.to < a.to) ? b.to : a.to;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function rangeOf(condition: Scalar, isTime: (column: number) => boolean): TimeRange {
  if (condition.kind !== "call") return {};
  const [a, b, c] = condition.args;
  const left = a?.kind === "column" && a.type === "datetime" && isTime(a.id);
  const right = b?.kind === "column" && b.type === "datetime" && isTime(b.id);
  if (left === right) return {};
  const bound = ticks(left ? b : a);
  switch (condition.name) {
    case ">":
    case ">=":
      return left ? { ...bound.from } : { ...bound.to };
    case "<":
    case "<=":
      return left ? { ...bound.to } : { ...bound.from };
    case "==":
      return { ...bound.from, ...bound.to };
    case "between":
      return left ? { ...bound.from, ...ticks(c).to } : {};
    default:
      return {};
  }
}

function ticks(expr: Scalar | undefined): { readonly from?: TimeRange; readonly to?: TimeRange } {
  const found = expr === undefined ? undefined : constantTicks(expr);
  return found === undefined ? {} : { from: { from: found }, to: { to: found } };
}
