import { logGamma } from "./gamma.ts";

/** The largest parameter of a beta distribution that Kusto takes. */
const LARGEST = 10_000;

function validShape(alpha: number, beta: number): boolean {
  return alpha > 0 && beta > 0 && alpha <= LARGEST && beta <= LARGEST;
}

/** The cumulative probability of a beta distribution at `x`; NaN outside 0 to 1. */
export function betaCdf(x: number, alpha: number, beta: number): number {
  if (!validShape(alpha, beta) || !(x >= 0 && x <= 1)) return Number.NaN;
  return incompleteBeta(x, alpha, beta);
}

/** The density of a beta distribution at `x`; NaN outside 0 to 1. */
export function betaPdf(x: number, alpha: number, beta: number): number {
  if (!validShape(alpha, beta) || !(x >= 0 && x <= 1)) return Number.NaN;
  return density(x, alpha, beta);
}

function density(x: number, alpha: number, beta: number): number {
  return Math.exp(logPower(alpha - 1, x) + logPower(beta - 1, 1 - x) - logBeta(alpha, beta));
}

const logPower = (exponent: number, base: number): number => (exponent === 0 ? 0 : exponent * Math.log(base));
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** The value below which a beta distribution has a probability; undefined outside 0 to 1. */
export function betaInv(probability: number, alpha: number, beta: number): number | undefined {
  if (!validShape(alpha, beta)) return Number.NaN;
  if (!(probability >= 0 && probability <= 1)) return undefined;
  let [low, high] = [0, 1];
  let x = alpha / (alpha + beta);
  for (let step = 0; step < 200; step++) {
    const error = incompleteBeta(x, alpha, beta) - probability;
    if (error > 0) high = x;
    else low = x;
    const newton = x - error / density(x, alpha, beta);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= Number.EPSILON * x) return next;
    x = next;
  }
  return x;
}

/** The two-sided p-value of Welch's test. */
export function welchTest(
  mean1: number,
  variance1: number,
  count1: number,
  mean2: number,
  variance2: number,
  count2: number,
): number {
  const [a, b] = [variance1 / count1, variance2 / count2];
  const square = (mean1 - mean2) ** 2 / (a + b);
  const freedom = (a + b) ** 2 / (a ** 2 / (count1 - 1) + b ** 2 / (count2 - 1));
  if (!(freedom > 0) || !Number.isFinite(square)) return Number.NaN;
  return incompleteBeta(freedom / (freedom + square), freedom / 2, 0.5);
}

/** The regularized incomplete beta function (DLMF 8.17). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

const SMALLEST = 1e-300;
const awayFromZero = (of: number): number => (Math.abs(of) < SMALLEST ? SMALLEST : of);

/** The continued fraction 8.17.22, by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < Number.EPSILON) break;
  }
  return value;
}
