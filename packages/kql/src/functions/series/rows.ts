import { call } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction, typed, unsupported } from "../define.ts";
import { packedOf } from "../dynamic/sql.ts";

interface SeriesRow {
  readonly name: string;
  /** Parameters after the series, as a signature writes them. */
  readonly more?: string;
  readonly summary: string;
  readonly aliases?: readonly string[];
  readonly tuple?: boolean;
  readonly result?: "dynamic" | "real";
  readonly approximate?: string;
  readonly check?: NonNullable<ScalarFunction["check"]>;
  readonly examples?: ScalarFunction["examples"];
}

function series({
  name,
  more,
  summary,
  aliases,
  tuple,
  result,
  approximate,
  check,
  examples,
}: SeriesRow): ScalarFunction {
  return scalarFunction({
    name: `series_${name}`,
    summary,
    ...(aliases === undefined ? {} : { aliases }),
    ...(tuple === undefined ? {} : { tuple }),
    ...(approximate === undefined ? {} : { approximate }),
    ...(check === undefined ? {} : { check }),
    ...(examples === undefined ? {} : { examples }),
    signature: `series_${name}(series: dynamic${more === undefined ? "" : `, ${more}`}): ${result ?? "dynamic"}`,
    lower: { duckdb: typed((facts, ...args) => call(`goshawk_series_${name}`, packedOf(facts.types, args))) },
  });
}

const pairwise: readonly ScalarFunction[] = Object.entries({
  add: "The sum of two series (or a series and a number), element by element; longs stay longs.",
  subtract: "The difference of two series, element by element; longs stay longs.",
  multiply: "The product of two series, element by element; longs stay longs.",
  divide: "The quotient of two series, element by element.",
  pow: "One series to the power of another, element by element.",
  equals: "Whether the elements of two series are equal.",
  not_equals: "Whether the elements of two series differ.",
  greater: "Whether the elements of one series are greater.",
  greater_equals: "Whether the elements of one series are greater or equal.",
  less: "Whether the elements of one series are less.",
  less_equals: "Whether the elements of one series are less or equal.",
}).map(([name, summary]) => series({ name, more: "other: dynamic", summary }));

const unary: readonly ScalarFunction[] = Object.entries({
  abs: "The size of each element.",
  acos: "The arc cosine of each element.",
  asin: "The arc sine of each element.",
  atan: "The arc tangent of each element.",
  ceiling: "Each element rounded up.",
  cos: "The cosine of each element.",
  exp: "e to the power of each element.",
  floor: "Each element rounded down.",
  log: "The natural logarithm of each element.",
  sign: "The sign of each element.",
  sin: "The sine of each element.",
  tan: "The tangent of each element.",
}).map(([name, summary]) => series({ name, summary }));

const measures: readonly ScalarFunction[] = [
  series({ name: "sum", aliases: ["array_sum"], result: "real", summary: "The sum; what is no number is left out." }),
  series({ name: "product", result: "real", summary: "The product; what is no number is left out." }),
  series({ name: "magnitude", result: "real", summary: "The Euclidean length." }),
  series({
    name: "dot_product",
    more: "other: dynamic",
    result: "real",
    summary: "The sum of the products; the longer series is cut, what is no number left out.",
  }),
  series({
    name: "cosine_similarity",
    more: "other: dynamic, magnitude1?: real, magnitude2?: real",
    result: "real",
    summary: "The cosine of the angle between two series.",
  }),
  series({
    name: "pearson_correlation",
    more: "other: dynamic",
    result: "real",
    summary: "How two series go together, from -1 to 1; null where an element is no number.",
  }),
];

const filling: readonly ScalarFunction[] = [
  series({ name: "fill_backward", more: "missing?: dynamic", summary: "Missing elements take the next one." }),
  series({ name: "fill_forward", more: "missing?: dynamic", summary: "Missing elements take the one before." }),
  series({
    name: "fill_const",
    more: "constant?: dynamic, missing?: dynamic",
    summary: "Missing elements become a constant.",
  }),
  series({
    name: "fill_linear",
    more: "missing?: dynamic, edges?: bool, constant?: dynamic",
    summary: "Missing elements lie on a straight line between their neighbours.",
    examples: [
      [
        "series_fill_linear(dynamic([null,111,null,36]))",
        "dynamic([111,111,73,36])",
        "longs stay longs, cut not rounded",
      ],
    ],
  }),
];

const filters: readonly ScalarFunction[] = [
  series({
    name: "fir",
    more: "filter: dynamic, normalize?: bool, center?: bool",
    summary: "A finite impulse response filter, such as a moving average.",
    examples: [
      ["series_fir(dynamic([5,15,10,20]), dynamic([1,-1]), false, false)", "dynamic([5,10,-5,10])", "changes"],
    ],
  }),
  series({
    name: "iir",
    more: "numerators: dynamic, denominators: dynamic",
    summary: "An infinite impulse response filter, such as a running sum.",
    examples: [
      ["series_iir(dynamic([1,2,3]), dynamic([1]), dynamic([1,-1]))", "dynamic([1.0,3.0,6.0])", "a running sum"],
    ],
  }),
  series({ name: "fft", more: "imaginary?: dynamic", tuple: true, summary: "The discrete Fourier transform." }),
  series({ name: "ifft", more: "imaginary?: dynamic", tuple: true, summary: "The inverse Fourier transform." }),
];

const fitting: readonly ScalarFunction[] = [
  series({ name: "fit_line", tuple: true, summary: "The straight line that fits best, over x = 1, 2, …" }),
  series({ name: "fit_line_dynamic", summary: "The straight line that fits best, as a bag." }),
  ...["fit_2lines", "fit_2lines_dynamic"].map((name) =>
    series({
      name,
      tuple: name === "fit_2lines",
      approximate: "where a side may end at the earliest is documented nowhere; here each has two points or more",
      summary: "The two straight lines, one after the other, that fit best.",
    }),
  ),
  series({
    name: "fit_poly",
    more: "x?: dynamic, degree?: int",
    tuple: true,
    summary: "The polynomial that fits best, over x = 1, 2, … unless given.",
  }),
  series({ name: "stats", more: "ignore_nonfinite?: bool", tuple: true, summary: "Statistics of a series." }),
  series({ name: "stats_dynamic", more: "ignore_nonfinite?: bool", summary: "Statistics of a series, as a bag." }),
];

const periodsFound = "which periods are found follows the published AUTOPERIOD method; their scores are Kusto's";
const kinds = ["ctukey", "tukey"];
const trends = ["avg", "linefit", "none"];

/** Refuses a constant that is none of the known words. */
function oneOf(place: number, argument: string, words: readonly string[]): NonNullable<ScalarFunction["check"]> {
  return (...args) => {
    const given = args[place];
    if (typeof given !== "string" || words.includes(given)) return undefined;
    return { argument: `${argument} '${given}'`, reason: `only ${words.join(", ")} are known` };
  };
}

const seasons: readonly ScalarFunction[] = [
  series({
    name: "periods_detect",
    more: "min_period: real, max_period: real, num_periods: long",
    tuple: true,
    approximate: periodsFound,
    summary: "The periods of a series, the most significant first.",
  }),
  series({
    name: "periods_validate",
    more: "...period: real",
    tuple: true,
    approximate: periodsFound,
    summary: "How significant given periods of a series are.",
  }),
  series({
    name: "seasonal",
    more: "period?: long, test_points?: long",
    approximate: periodsFound,
    summary: "The median of each phase.",
  }),
  series({
    name: "decompose",
    more: "period?: long, trend?: string, test_points?: long, threshold?: real",
    tuple: true,
    approximate: periodsFound,
    check: oneOf(2, "the trend", trends),
    summary: "A series as season, trend and what is left.",
  }),
  series({
    name: "decompose_forecast",
    more: "points: long, period?: long, trend?: string, threshold?: real",
    approximate: periodsFound,
    check: oneOf(3, "the trend", trends),
    summary: "What season and trend say of a series, its last points included.",
  }),
  series({
    name: "decompose_anomalies",
    more: "threshold?: real, period?: long, trend?: string, test_points?: long, method?: string, seasonality?: real",
    tuple: true,
    approximate: periodsFound,
    check: (...args) => oneOf(3, "the trend", trends)(...args) ?? oneOf(5, "the method", kinds)(...args),
    summary: "Which points of a series its season and trend do not explain.",
  }),
];

const outliers: ScalarFunction = scalarFunction({
  name: "series_outliers",
  summary: "How far each element lies outside of the normal range; 0 inside.",
  check: oneOf(1, "the kind", kinds),
  overloads: [
    {
      signature: "series_outliers(series: dynamic, kind?: string, ignore?: real): dynamic",
      lower: { duckdb: typed((facts, ...args) => call("goshawk_series_outliers", packedOf(facts.types, args))) },
    },
    {
      signature:
        "series_outliers(series: dynamic, kind: string, ignore: real, low: real, high?: real, test_points?: long): dynamic",
      lower: { duckdb: unsupported("what unit the scores of other percentiles have is documented nowhere") },
    },
  ],
});

/** The `series_…` family. */
export const seriesRows: readonly ScalarFunction[] = [
  ...pairwise,
  ...unary,
  ...measures,
  ...filling,
  ...filters,
  ...fitting,
  ...seasons,
  outliers,
];
