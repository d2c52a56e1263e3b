import { type Span, ticksPerDay, ticksPerHour } from "../clock.ts";
import type { Random } from "../random.ts";
import { firstAbove } from "../zipf.ts";

/** How busy each hour is. */
const hourWeights = [3, 2, 2, 2, 2, 3, 5, 9, 14, 16, 16, 15, 12, 14, 16, 15, 13, 10, 7, 5, 4, 4, 3, 3];
const weekendWeight = 0.35;

/** Shares `total` out over the days of a span; the parts add up to it exactly. */
export function dailyQuotas(span: Span, total: number): number[] {
  const weights: number[] = [];
  for (let day = 0; day * ticksPerDay < span.end; day++) weights.push(dayWeight(span, day));
  const sum = weights.reduce((a, b) => a + b, 0);
  let weight = 0;
  let given = 0;
  return weights.map((part) => {
    weight += part;
    const upTo = Math.round((total * weight) / sum);
    const quota = upTo - given;
    given = upTo;
    return quota;
  });
}

/** `count` moments of a day within the span, ascending, more of them in working hours. */
export function createDayTimes(span: Span, day: number, count: number, random: Random): (index: number) => number {
  const { hours, upTo, sum } = hoursOf(span, day);
  return (index) => {
    const reached = ((index + random.fraction()) / count) * sum;
    const place = firstAbove(upTo, reached);
    const hour = hours[place];
    if (hour === undefined) throw new RangeError(`day ${day} lies outside the span`);
    const before = place === 0 ? 0 : (upTo[place - 1] ?? 0);
    const part = (reached - before) / ((upTo[place] ?? 1) - before);
    return Math.min(hour.to - 1, hour.from + Math.floor(part * (hour.to - hour.from)));
  };
}

function dayWeight(span: Span, day: number): number {
  const { hours, sum } = hoursOf(span, day);
  const weekday = new Date(span.originMs + day * 86_400_000).getUTCDay();
  return hours.length === 0 ? 0 : sum * (weekday === 0 || weekday === 6 ? weekendWeight : 1);
}

interface Hour {
  readonly from: number;
  readonly to: number;
}

/** The hours of a day that lie in the span, the first and last possibly cut short, with running weights. */
function hoursOf(span: Span, day: number): { hours: readonly Hour[]; upTo: Float64Array; sum: number } {
  const hours: Hour[] = [];
  const running: number[] = [];
  let sum = 0;
  hourWeights.forEach((weight, hour) => {
    const start = day * ticksPerDay + hour * ticksPerHour;
    const from = Math.max(start, span.start);
    const to = Math.min(start + ticksPerHour, span.end);
    if (from >= to) return;
    sum += (weight * (to - from)) / ticksPerHour;
    hours.push({ from, to });
    running.push(sum);
  });
  return { hours, upTo: Float64Array.from(running), sum };
}
