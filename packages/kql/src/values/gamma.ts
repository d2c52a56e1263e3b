// Lanczos' approximation for g = 7 and n = 9, good to 15 digits.
const coefficients = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The natural logarithm of the gamma function, for numbers above zero. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const shifted = x - 1;
  const sum = coefficients.reduce((total, item, index) => (index === 0 ? item : total + item / (shifted + index)), 0);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The error function: a series near zero (DLMF 7.6.2), a continued fraction beyond (7.9.1). */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) >= 2) return x > 0 ? 1 - upper(x) : upper(-x) - 1;
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Number.EPSILON * Math.abs(sum) * 0.1; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** One less the error function, exact in the tail. */
export function erfc(x: number): number {
  return x >= 2 ? upper(x) : 1 - erf(x);
}

function upper(x: number): number {
  if (x > 30) return 0;
  let value = 0;
  for (let n = 200; n > 0; n--) value = n / 2 / (x + value);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + value);
}
