import { plainText } from "../../values/dynamicValue.ts";
import { elementNumber, numberArgument, quantile, realsText, seriesOf, sorted } from "./numbers.ts";

/** Which quantiles bound what is normal, and how their distance becomes the unit of the score. */
export interface Fence {
  readonly low: number;
  readonly high: number;
  readonly units: number;
}

/**
 * Of `ctukey` the documentation says that it takes the normal distance of the 10 % and the 90 % quantile; the factor
 * is that of recorded answers.
 */
const fences: Readonly<Record<string, Fence>> = {
  ctukey: { low: 0.1, high: 0.9, units: 2.772605605507915 },
  tukey: { low: 0.25, high: 0.75, units: 1 },
};

export function fenceNamed(name: string): Fence | undefined {
  return fences[name];
}

/** How far each value lies outside the normal range, with sign; 0 inside it. */
export function outlierScores(
  values: readonly (number | undefined)[],
  fence: Fence,
  learnFrom: readonly (number | undefined)[] = values,
): readonly number[] {
  const ordered = sorted(learnFrom.filter((value) => value !== undefined && Number.isFinite(value)).map(Number));
  const [low, high] = [quantile(ordered, fence.low), quantile(ordered, fence.high)];
  const unit = (high - low) / fence.units;
  return values.map((value) => {
    if (value === undefined) return 0;
    if (value > high) return (value - high) / unit;
    return value < low ? (value - low) / unit : 0;
  });
}

/** `series_outliers(series[, kind[, ignore_val]])` */
export function seriesOutliers([series, kind, ignored]: readonly string[]): string | null {
  const texts = seriesOf(series);
  const fence = fenceNamed(kind === undefined || kind === "null" ? "ctukey" : plainText(kind));
  if (texts === undefined || fence === undefined) return null;
  const skipped = numberArgument(ignored);
  const values = texts.map((text) => {
    const value = elementNumber(text);
    return value === skipped ? undefined : value;
  });
  return realsText(outlierScores(values, fence));
}
