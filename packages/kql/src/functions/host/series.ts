import {
  seriesDecompose,
  seriesDecomposeAnomalies,
  seriesDecomposeForecast,
  seriesSeasonal,
} from "../series/decompose.ts";
import { compared, mapped, mappedKeepingLongs, type PairOperation, pairwise } from "../series/elementwise.ts";
import { fillBackward, fillConst, fillForward, fillLinear } from "../series/fill.ts";
import { fir, iir } from "../series/filters.ts";
import { seriesFitLine, seriesFitLineDynamic } from "../series/fit.ts";
import { seriesFitPoly } from "../series/fitPoly.ts";
import { seriesFitTwoLines, seriesFitTwoLinesDynamic } from "../series/fitTwoLines.ts";
import { type Complex, inverse, seriesTransform, transform } from "../series/fourier.ts";
import { seriesOutliers } from "../series/outliers.ts";
import { seriesPeriodsDetect, seriesPeriodsValidate } from "../series/periods.ts";
import {
  cosineSimilarity,
  dotProduct,
  magnitude,
  pearsonCorrelation,
  seriesProduct,
  seriesSum,
} from "../series/products.ts";
import { seriesStats, seriesStatsDynamic } from "../series/stats.ts";
import { type HostFunction, packedFunction } from "./define.ts";

type Run = (args: readonly string[]) => string | null;
type Measure = (args: readonly string[]) => number | null;

const pairs: Readonly<Record<string, PairOperation>> = {
  add: { real: (a, b) => a + b, long: (a, b) => a + b },
  subtract: { real: (a, b) => a - b, long: (a, b) => a - b },
  multiply: { real: (a, b) => a * b, long: (a, b) => a * b },
  divide: { real: (a, b) => a / b },
  pow: { real: (a, b) => a ** b },
};

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  equals: (a, b) => a === b,
  not_equals: (a, b) => a !== b,
  greater: (a, b) => a > b,
  greater_equals: (a, b) => a >= b,
  less: (a, b) => a < b,
  less_equals: (a, b) => a <= b,
};

const reals: Readonly<Record<string, (value: number) => number>> = {
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  log: Math.log,
  sign: Math.sign,
  sin: Math.sin,
  tan: Math.tan,
};

const keepingLongs: Readonly<Record<string, (value: number) => number>> = { abs: Math.abs, ceiling: Math.ceil };

const whole: Readonly<Record<string, Run>> = {
  decompose: seriesDecompose,
  decompose_anomalies: seriesDecomposeAnomalies,
  decompose_forecast: seriesDecomposeForecast,
  fft: (args) => seriesTransform(args, (series: Complex) => transform(series)),
  fill_backward: fillBackward,
  fill_const: fillConst,
  fill_forward: fillForward,
  fill_linear: fillLinear,
  fir,
  fit_2lines: seriesFitTwoLines,
  fit_2lines_dynamic: seriesFitTwoLinesDynamic,
  fit_line: seriesFitLine,
  fit_line_dynamic: seriesFitLineDynamic,
  fit_poly: seriesFitPoly,
  ifft: (args) => seriesTransform(args, (series: Complex) => inverse(series)),
  iir,
  outliers: seriesOutliers,
  periods_detect: seriesPeriodsDetect,
  periods_validate: seriesPeriodsValidate,
  seasonal: seriesSeasonal,
  stats: seriesStats,
  stats_dynamic: seriesStatsDynamic,
};

const measures: Readonly<Record<string, Measure>> = {
  cosine_similarity: cosineSimilarity,
  dot_product: dotProduct,
  magnitude,
  pearson_correlation: pearsonCorrelation,
  product: seriesProduct,
  sum: seriesSum,
};

/** The `series_…` family; each takes its arguments as one JSON array. */
export const seriesFunctions: readonly HostFunction[] = [
  ...Object.entries(pairs).map(([name, operation]) => made(name, (args) => pairwise(args, operation))),
  ...Object.entries(comparisons).map(([name, test]) => made(name, (args) => compared(args, test))),
  ...Object.entries(reals).map(([name, apply]) => made(name, (args) => mapped(args, apply))),
  ...Object.entries(keepingLongs).map(([name, apply]) => made(name, (args) => mappedKeepingLongs(args, apply))),
  ...Object.entries(whole).map(([name, run]) => made(name, run)),
  ...Object.entries(measures).map(([name, run]) => packedFunction(`goshawk_series_${name}`, "DOUBLE", run)),
];

function made(name: string, run: Run): HostFunction {
  return packedFunction(`goshawk_series_${name}`, "VARCHAR", run);
}
