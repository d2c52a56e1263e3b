import { transform } from "./fourier.ts";
import { mean, numberArgument, plainNumbers, realsText, sum } from "./numbers.ts";

/** A period in points and how significant it is, from 0 to 1. */
export interface Period {
  readonly length: number;
  readonly score: number;
}

const SHORTEST = 4;

/** How a series agrees with itself moved by each lag, wrapping around; scaled so that the least is 0 and lag 0 is 1. */
function selfSimilarity(values: readonly number[]): {
  readonly power: readonly number[];
  readonly lags: readonly number[];
} {
  const middle = mean(values);
  const n = values.length;
  const { real, imaginary } = transform({
    real: Float64Array.from(values, (value) => value - middle),
    imaginary: new Float64Array(n),
  });
  const power = Array.from(real, (re, k) => re * re + (imaginary[k] ?? 0) ** 2);
  const back = transform({ real: Float64Array.from(power), imaginary: new Float64Array(n) });
  const size = back.real[0] ?? 0;
  const correlation = Array.from(back.real, (value) => (size === 0 ? 0 : value / size));
  const least = correlation.reduce((a, b) => Math.min(a, b), 1);
  return { power, lags: correlation.map((value) => (least === 1 ? 0 : (value - least) / (1 - least))) };
}

/**
 * Periods from `shortest` to `longest`, the best first: frequencies of more power than noise would have (at 99 %), each
 * taken to the hill of self-similarity that it lies on.
 */
export function detectPeriods(values: readonly number[], shortest: number, longest: number): readonly Period[] {
  const n = values.length;
  if (n < 2 * SHORTEST) return [];
  const { power, lags } = selfSimilarity(values);
  const noise = sum(power.slice(1)) / (n - 1);
  const least = -Math.log(1 - 0.99 ** (1 / Math.floor(n / 2))) * noise;
  const found = new Map<number, number>();
  for (let k = 2; k <= n / SHORTEST; k++) {
    if ((power[k] ?? 0) <= least) continue;
    const length = hillTop(lags, k, n);
    if (length !== undefined && length >= Math.max(shortest, SHORTEST) && length <= longest)
      found.set(length, lags[length] ?? 0);
  }
  return [...found]
    .map(([length, score]) => ({ length, score }))
    .sort((a, b) => b.score - a.score || a.length - b.length);
}

/** The lags that a frequency stands for, to the middle of the way to its neighbours. */
function lagsAround(frequency: number, n: number): readonly [from: number, to: number] {
  const at = n / frequency;
  const from = Math.ceil((n / (frequency + 1) + at) / 2 - 1);
  const to = frequency > 1 ? Math.floor((at + n / (frequency - 1)) / 2 + 1) : Math.floor(n / 2);
  return [Math.max(from, SHORTEST), Math.min(to, Math.floor(n / 2))];
}

function hillTop(lags: readonly number[], frequency: number, n: number): number | undefined {
  const [from, to] = lagsAround(frequency, n);
  let best: number | undefined;
  for (let lag = from; lag <= to; lag++) {
    if (best === undefined || (lags[lag] ?? 0) > (lags[best] ?? 0)) best = lag;
  }
  return best !== undefined && isTop(lags, best) ? best : undefined;
}

function isTop(lags: readonly number[], lag: number): boolean {
  const [before = 0, here = 0, after = 0] = [lags[lag - 1], lags[lag], lags[lag + 1]];
  return here >= before && here >= after;
}

/** How significant a given period is: 0 where it is not the top of its hill. */
export function periodScore(values: readonly number[], period: number): number {
  const n = values.length;
  const lag = Math.round(period);
  if (period < SHORTEST || period > n / 2) return 0;
  const { lags } = selfSimilarity(values);
  const [from, to] = lagsAround(n / period, n);
  for (let other = from; other <= to; other++) if ((lags[other] ?? 0) > (lags[lag] ?? 0)) return 0;
  return isTop(lags, lag) ? (lags[lag] ?? 0) : 0;
}

/** The columns of `series_periods_detect()`: as many periods as asked for, filled with zeros, and their scores. */
export function seriesPeriodsDetect([series, min, max, count]: readonly string[]): string | null {
  const values = plainNumbers(series);
  const [shortest, longest, wanted] = [min, max, count].map(numberArgument);
  if (values === undefined || shortest === undefined || longest === undefined || wanted === undefined) return null;
  const length = Math.max(0, Math.min(Math.trunc(wanted), values.length));
  const periods = detectPeriods(values, shortest, longest).slice(0, length);
  const filled = Array.from({ length }, (_, at) => periods[at] ?? { length: 0, score: 0 });
  return `[${realsText(filled.map((item) => item.length))},${realsText(filled.map((item) => item.score))}]`;
}

/** The columns of `series_periods_validate()`: the periods and their scores. */
export function seriesPeriodsValidate([series, ...given]: readonly string[]): string | null {
  const values = plainNumbers(series);
  if (values === undefined) return null;
  const periods = given.map((text) => numberArgument(text) ?? 0);
  return `[${realsText(periods)},${realsText(periods.map((period) => periodScore(values, period)))}]`;
}
