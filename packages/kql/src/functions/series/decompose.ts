import { plainText } from "../../values/dynamicValue.ts";
import { fitLine } from "./fit.ts";
import { longsText, mean, median, numberArgument, plainNumbers, realsText } from "./numbers.ts";
import { fenceNamed, outlierScores } from "./outliers.ts";
import { detectPeriods } from "./periods.ts";

/** What a series is made of. */
interface Decomposition {
  readonly values: readonly number[];
  readonly seasonal: readonly number[];
  readonly trend: readonly number[];
  readonly baseline: readonly number[];
  readonly residual: readonly number[];
  /** How many points, from the first on, it was learned from. */
  readonly learned: number;
}

interface Options {
  /** Points; 0 for none, -1 to detect it. */
  readonly period: number;
  readonly trend: string;
  /** Points at the end that nothing is learned from. */
  readonly testPoints: number;
  /** The least score of a detected period. */
  readonly threshold: number;
}

function optionsOf(
  period: string | undefined,
  trend: string | undefined,
  testPoints: string | undefined,
  threshold: string | undefined,
  defaultTrend: string,
): Options {
  return {
    period: Math.trunc(numberArgument(period) ?? -1),
    trend: trend === undefined || trend === "null" ? defaultTrend : plainText(trend),
    testPoints: Math.max(0, Math.trunc(numberArgument(testPoints) ?? 0)),
    threshold: numberArgument(threshold) ?? 0.6,
  };
}

function decompose(series: string | undefined, options: Options): Decomposition | undefined {
  const values = plainNumbers(series);
  const learned = (values?.length ?? 0) - options.testPoints;
  if (values === undefined || learned < 1) return undefined;
  const training = values.slice(0, learned);
  const period = options.period === -1 ? detectedPeriod(training, options.threshold) : options.period;
  const seasonal = seasonalOf(training, period, values.length);
  const trend = trendOf(
    training.map((value, at) => value - (seasonal[at] ?? 0)),
    options.trend,
    values.length,
  );
  if (trend === undefined) return undefined;
  const baseline = seasonal.map((value, at) => value + (trend[at] ?? 0));
  const residual = values.map((value, at) => value - (baseline[at] ?? 0));
  return { values, seasonal, trend, baseline, residual, learned };
}

function detectedPeriod(values: readonly number[], threshold: number): number {
  const [best] = detectPeriods(values, 0, values.length / 2);
  return best !== undefined && best.score >= threshold ? best.length : 0;
}

/** The median of each phase; zeros without a period. */
function seasonalOf(training: readonly number[], period: number, length: number): readonly number[] {
  if (period < 1 || period > training.length) return new Array<number>(length).fill(0);
  const phases = Array.from({ length: period }, (_, phase) => median(everyNth(training, phase, period)));
  return Array.from({ length }, (_, at) => phases[at % period] ?? 0);
}

function everyNth(values: readonly number[], from: number, step: number): readonly number[] {
  const found: number[] = [];
  for (let at = from; at < values.length; at += step) found.push(values[at] ?? 0);
  return found;
}

function trendOf(rest: readonly number[], kind: string, length: number): readonly number[] | undefined {
  switch (kind) {
    case "avg":
      return new Array<number>(length).fill(mean(rest));
    case "linefit": {
      const { slope, interception } = fitLine(rest);
      return Array.from({ length }, (_, at) => interception + slope * (at + 1));
    }
    case "none":
      return new Array<number>(length).fill(0);
    default:
      return undefined;
  }
}

/** `series_seasonal(series[, period[, test_points]])` */
export function seriesSeasonal([series, period, testPoints]: readonly string[]): string | null {
  const options = optionsOf(period, undefined, testPoints, "0.7", "none");
  const found = decompose(series, options);
  return found === undefined ? null : realsText(found.seasonal);
}

/** The columns of `series_decompose()`: baseline, seasonal, trend, residual. */
export function seriesDecompose([series, period, trend, testPoints, threshold]: readonly string[]): string | null {
  const found = decompose(series, optionsOf(period, trend, testPoints, threshold, "avg"));
  if (found === undefined) return null;
  return `[${[found.baseline, found.seasonal, found.trend, found.residual].map(realsText).join(",")}]`;
}

/** The columns of `series_decompose_anomalies()`: flags, scores, baseline. */
export function seriesDecomposeAnomalies(args: readonly string[]): string | null {
  const [series, threshold, period, trend, testPoints, method, seasonality] = args;
  const found = decompose(series, optionsOf(period, trend, testPoints, seasonality, "avg"));
  const fence = fenceNamed(method === undefined || method === "null" ? "ctukey" : plainText(method));
  if (found === undefined || fence === undefined) return null;
  const limit = numberArgument(threshold) ?? 1.5;
  const scores = outlierScores(found.residual, fence, found.residual.slice(0, found.learned));
  const flags = scores.map((score) => (score > limit ? 1 : score < -limit ? -1 : 0));
  return `[${longsText(flags)},${realsText(scores)},${realsText(found.baseline)}]`;
}

/** `series_decompose_forecast(series, points[, period[, trend[, threshold]]])`: the baseline, past and future. */
export function seriesDecomposeForecast([series, points, period, trend, threshold]: readonly string[]): string | null {
  const found = decompose(series, optionsOf(period, trend, points, threshold, "linefit"));
  return found === undefined ? null : realsText(found.baseline);
}
