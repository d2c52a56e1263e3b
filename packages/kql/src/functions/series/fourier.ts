import { plainNumbers, realsText } from "./numbers.ts";

/** A complex series; both parts have one length. */
export interface Complex {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** The discrete Fourier transform of a series of any length. */
export function transform({ real, imaginary }: Complex): Complex {
  const n = real.length;
  if ((n & (n - 1)) === 0) return powerOfTwo(real.slice(), imaginary.slice());
  return anyLength({ real, imaginary });
}

/** The inverse of `transform`. */
export function inverse({ real, imaginary }: Complex): Complex {
  const n = real.length;
  const turned = transform({ real: imaginary, imaginary: real });
  return { real: turned.imaginary.map((value) => value / n), imaginary: turned.real.map((value) => value / n) };
}

function powerOfTwo(real: Float64Array, imaginary: Float64Array): Complex {
  const n = real.length;
  reverseBits(real, imaginary);
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const [cos, sin] = [Math.cos((-2 * Math.PI * k) / size), Math.sin((-2 * Math.PI * k) / size)];
      for (let start = k; start < n; start += size) butterfly(real, imaginary, start, start + half, cos, sin);
    }
  }
  return { real, imaginary };
}

function butterfly(re: Float64Array, im: Float64Array, a: number, b: number, cos: number, sin: number): void {
  const [ra = 0, ia = 0, rb = 0, ib = 0] = [re[a], im[a], re[b], im[b]];
  const [r, i] = [rb * cos - ib * sin, rb * sin + ib * cos];
  re[a] = ra + r;
  im[a] = ia + i;
  re[b] = ra - r;
  im[b] = ia - i;
}

function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  for (let at = 1, other = 0; at < real.length; at++) {
    let bit = real.length >> 1;
    for (; other & bit; bit >>= 1) other ^= bit;
    other ^= bit;
    if (at < other) {
      swap(real, at, other);
      swap(imaginary, at, other);
    }
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a] ?? 0;
  values[a] = values[b] ?? 0;
  values[b] = kept;
}

/** Bluestein's way: a transform of any length as a convolution of a power of two. */
function anyLength({ real, imaginary }: Complex): Complex {
  const n = real.length;
  const size = 2 ** Math.ceil(Math.log2(2 * n + 1));
  const angle = (k: number): number => (Math.PI * ((k * k) % (2 * n))) / n;
  const a = { real: new Float64Array(size), imaginary: new Float64Array(size) };
  const b = { real: new Float64Array(size), imaginary: new Float64Array(size) };
  for (let k = 0; k < n; k++) {
    const [cos, sin] = [Math.cos(angle(k)), Math.sin(angle(k))];
    const [re = 0, im = 0] = [real[k], imaginary[k]];
    a.real[k] = re * cos + im * sin;
    a.imaginary[k] = im * cos - re * sin;
    b.real[k] = cos;
    b.imaginary[k] = sin;
    if (k > 0) {
      b.real[size - k] = cos;
      b.imaginary[size - k] = sin;
    }
  }
  const convolved = inverse(product(transform(a), transform(b)));
  return {
    real: new Float64Array(n).map((_, k) => {
      const [cos, sin] = [Math.cos(angle(k)), Math.sin(angle(k))];
      return (convolved.real[k] ?? 0) * cos + (convolved.imaginary[k] ?? 0) * sin;
    }),
    imaginary: new Float64Array(n).map((_, k) => {
      const [cos, sin] = [Math.cos(angle(k)), Math.sin(angle(k))];
      return (convolved.imaginary[k] ?? 0) * cos - (convolved.real[k] ?? 0) * sin;
    }),
  };
}

function product(a: Complex, b: Complex): Complex {
  const part = (of: (ra: number, ia: number, rb: number, ib: number) => number): Float64Array =>
    a.real.map((ra, k) => of(ra, a.imaginary[k] ?? 0, b.real[k] ?? 0, b.imaginary[k] ?? 0));
  return {
    real: part((ra, ia, rb, ib) => ra * rb - ia * ib),
    imaginary: part((ra, ia, rb, ib) => ra * ib + ia * rb),
  };
}

/** The columns of `series_fft()` and `series_ifft()`: real and imaginary parts. */
export function seriesTransform(
  [realSeries, imaginarySeries]: readonly string[],
  way: (series: Complex) => Complex,
): string | null {
  const real = plainNumbers(realSeries);
  const imaginary =
    imaginarySeries === undefined || imaginarySeries === "null" ? real?.map(() => 0) : plainNumbers(imaginarySeries);
  if (real === undefined || imaginary === undefined || real.length !== imaginary.length || real.length === 0)
    return null;
  const found = way({ real: Float64Array.from(real), imaginary: Float64Array.from(imaginary) });
  return `[${realsText(found.real)},${realsText(found.imaginary)}]`;
}
