import { bagText } from "../../values/dynamicValue.ts";
import { jsonReal } from "../../values/realText.ts";
import { mean, plainNumbers, realsText, spread, sum } from "./numbers.ts";

/** A straight line through a series at x = 1, 2, …; variances are those of a sample. */
export interface Line {
  readonly slope: number;
  readonly interception: number;
  readonly rsquare: number;
  readonly variance: number;
  readonly rvariance: number;
  readonly fit: readonly number[];
}

export function fitLine(values: readonly number[], from = 1): Line {
  const n = values.length;
  const middle = from + (n - 1) / 2;
  const average = mean(values);
  const across = sum(values.map((_, at) => (at + from - middle) ** 2));
  const slope = across === 0 ? 0 : sum(values.map((value, at) => (at + from - middle) * (value - average))) / across;
  const interception = average - slope * middle;
  const fit = values.map((_, at) => interception + slope * (at + from));
  return { slope, interception, fit, ...quality(values, fit) };
}

/** How well a fit agrees with the values. */
export function quality(
  values: readonly number[],
  fit: readonly number[],
): { readonly rsquare: number; readonly variance: number; readonly rvariance: number } {
  const total = spread(values);
  const left = sum(values.map((value, at) => (value - (fit[at] ?? 0)) ** 2));
  const free = Math.max(values.length - 1, 1);
  return { rsquare: 1 - left / total, variance: total / free, rvariance: left / free };
}

/** The columns of `series_fit_line()`: rsquare, slope, variance, rvariance, interception, line_fit. */
export function seriesFitLine([series]: readonly string[]): string | null {
  const values = plainNumbers(series);
  if (values === undefined || values.length < 2) return null;
  const line = fitLine(values);
  const numbers = [line.rsquare, line.slope, line.variance, line.rvariance, line.interception];
  return `[${numbers.map(jsonReal).join(",")},${realsText(line.fit)}]`;
}

export function seriesFitLineDynamic([series]: readonly string[]): string | null {
  const values = plainNumbers(series);
  if (values === undefined || values.length < 2) return null;
  const line = fitLine(values);
  return bagText([
    ['"slope"', jsonReal(line.slope)],
    ['"interception"', jsonReal(line.interception)],
    ['"rsquare"', jsonReal(line.rsquare)],
    ['"variance"', jsonReal(line.variance)],
    ['"rvariance"', jsonReal(line.rvariance)],
    ['"line_fit"', realsText(line.fit)],
  ]);
}
