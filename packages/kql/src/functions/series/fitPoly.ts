import { jsonReal } from "../../values/realText.ts";
import { quality } from "./fit.ts";
import { numberArgument, plainNumbers, realsText, sum } from "./numbers.ts";

/**
 * The columns of `series_fit_poly(y[, x[, degree]])`: rsquare, coefficients from the highest power down, variance,
 * rvariance, poly_fit. Least squares over polynomials made orthogonal on the points, so that high degrees stay exact.
 */
export function seriesFitPoly([ySeries, xSeries, degreeText]: readonly string[]): string | null {
  const y = plainNumbers(ySeries);
  const x = xSeries === undefined || xSeries === "null" ? y?.map((_, at) => at + 1) : plainNumbers(xSeries);
  const degree = numberArgument(degreeText) ?? 1;
  if (y === undefined || x === undefined || x.length !== y.length) return null;
  if (!Number.isInteger(degree) || degree < 0 || degree > 100 || y.length <= degree) return null;
  const coefficients = fitted(x, y, degree);
  const fit = x.map((at) => coefficients.reduce((value, coefficient) => value * at + coefficient, 0));
  const { rsquare, variance, rvariance } = quality(y, fit);
  return `[${jsonReal(rsquare)},${realsText(coefficients)},${jsonReal(variance)},${jsonReal(rvariance)},${realsText(fit)}]`;
}

interface Basis {
  /** From the constant up. */
  readonly coefficients: readonly number[];
  readonly values: readonly number[];
  readonly norm: number;
}

function fitted(x: readonly number[], y: readonly number[], degree: number): readonly number[] {
  const total = new Array<number>(degree + 1).fill(0);
  let left = y;
  let previous: Basis | undefined;
  let current: Basis = { coefficients: [1], values: x.map(() => 1), norm: x.length };
  for (let power = 0; power <= degree; power++) {
    const { coefficients, values, norm } = current;
    const share = dot(left, values) / norm;
    coefficients.forEach((coefficient, at) => {
      total[at] = (total[at] ?? 0) + share * coefficient;
    });
    left = left.map((value, at) => value - share * (values[at] ?? 0));
    const next = following(x, current, previous);
    previous = current;
    current = next;
  }
  return total.toReversed();
}

/** The next orthogonal polynomial, by the recurrence of three terms. */
function following(x: readonly number[], current: Basis, previous: Basis | undefined): Basis {
  const shifted = current.values.map((value, at) => value * (x[at] ?? 0));
  const alpha = dot(shifted, current.values) / current.norm;
  const beta = previous === undefined ? 0 : current.norm / previous.norm;
  const values = shifted.map(
    (value, at) => value - alpha * (current.values[at] ?? 0) - beta * (previous?.values[at] ?? 0),
  );
  const coefficients = [0, ...current.coefficients].map(
    (value, at) => value - alpha * (current.coefficients[at] ?? 0) - beta * (previous?.coefficients[at] ?? 0),
  );
  return { coefficients, values, norm: dot(values, values) };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return sum(a.map((value, at) => value * (b[at] ?? 0)));
}
