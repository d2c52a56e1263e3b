import { bagText } from "../../values/dynamicValue.ts";
import { jsonReal } from "../../values/realText.ts";
import { elementNumber, mean, seriesOf, spread, sum } from "./numbers.ts";

interface Stats {
  readonly min: number;
  readonly minIndex: number;
  readonly max: number;
  readonly maxIndex: number;
  readonly avg: number;
  readonly stdev: number;
  readonly variance: number;
  readonly sum: number;
  readonly length: number;
}

/** Statistics of a sample; undefined where an element is no finite number, unless those are to be ignored. */
function statsOf([series, ignore]: readonly string[]): Stats | undefined {
  const all = seriesOf(series)?.map((text) => elementNumber(text) ?? Number.NaN);
  if (all === undefined || (ignore !== "true" && !all.every(Number.isFinite))) return undefined;
  const values = all.filter(Number.isFinite);
  if (values.length === 0) return undefined;
  const [min, max] = [extreme(values, (a, b) => a < b), extreme(values, (a, b) => a > b)];
  const variance = values.length < 2 ? 0 : spread(values) / (values.length - 1);
  return {
    min,
    minIndex: all.indexOf(min),
    max,
    maxIndex: all.indexOf(max),
    avg: mean(values),
    stdev: Math.sqrt(variance),
    variance,
    sum: sum(values),
    length: values.length,
  };
}

function extreme(values: readonly number[], better: (a: number, b: number) => boolean): number {
  return values.reduce((best, value) => (better(value, best) ? value : best));
}

/** The columns of `series_stats()`. */
export function seriesStats(args: readonly string[]): string | null {
  const stats = statsOf(args);
  if (stats === undefined) return null;
  const { min, minIndex, max, maxIndex, avg, stdev, variance } = stats;
  return `[${jsonReal(min)},${minIndex},${jsonReal(max)},${maxIndex},${[avg, stdev, variance].map(jsonReal).join(",")}]`;
}

/** The bag of `series_stats_dynamic()`. */
export function seriesStatsDynamic(args: readonly string[]): string | null {
  const stats = statsOf(args);
  if (stats === undefined) return null;
  return bagText([
    ['"min"', jsonReal(stats.min)],
    ['"min_idx"', String(stats.minIndex)],
    ['"max"', jsonReal(stats.max)],
    ['"max_idx"', String(stats.maxIndex)],
    ['"avg"', jsonReal(stats.avg)],
    ['"stdev"', jsonReal(stats.stdev)],
    ['"variance"', jsonReal(stats.variance)],
    ['"sum"', jsonReal(stats.sum)],
    ['"len"', String(stats.length)],
  ]);
}
