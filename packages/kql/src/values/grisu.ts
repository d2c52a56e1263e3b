/**
 * Digits of a real number as Kusto's engine prints them: the Grisu2 of early RapidJSON, which gives enough digits to
 * read the same number back, but from the ninth scaled fraction digit on keeps the largest of them, not the nearest:
 * 0.1 + 0.2 is 0.30000000000000007.
 */
export interface Digits {
  readonly digits: string;
  /** The value is `digits` times ten to this power. */
  readonly exponent: number;
}

/** A floating-point number of 64 bits: `f` times two to the power of `e`. */
interface Wide {
  readonly f: bigint;
  readonly e: number;
}

const MASK_64 = (1n << 64n) - 1n;
const HIDDEN_BIT = 1n << 52n;
const buffer = new DataView(new ArrayBuffer(8));

/** The digits of a finite number above zero. */
export function grisuDigits(value: number): Digits {
  const { f, e } = decompose(value);
  const upper = normalized({ f: (f << 1n) + 1n, e: e - 1 });
  const lower = f === HIDDEN_BIT ? { f: (f << 2n) - 1n, e: e - 2 } : { f: (f << 1n) - 1n, e: e - 1 };
  const aligned = { f: lower.f << BigInt(lower.e - upper.e), e: upper.e };
  const { power, exponent } = cachedPower(upper.e);
  const high = times(upper, power);
  const low = times(aligned, power);
  return generate(times(normalized({ f, e }), power), { f: high.f - 1n, e: high.e }, high.f - low.f - 2n, exponent);
}

function decompose(value: number): Wide {
  buffer.setFloat64(0, value);
  const bits = buffer.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & (HIDDEN_BIT - 1n);
  return biased === 0 ? { f: fraction, e: -1074 } : { f: fraction | HIDDEN_BIT, e: biased - 1075 };
}

function normalized(of: Wide): Wide {
  const shift = 64 - of.f.toString(2).length;
  return { f: of.f << BigInt(shift), e: of.e - shift };
}

function times(a: Wide, b: Wide): Wide {
  return { f: ((a.f * b.f + (1n << 63n)) >> 64n) & MASK_64, e: a.e + b.e + 64 };
}

/** A power of ten, every eighth, that brings a number of exponent `e` near one, and the decimal exponent it takes away. */
function cachedPower(e: number): { readonly power: Wide; readonly exponent: number } {
  const index = (Math.ceil((-61 - e) * 0.30102999566398114 + 347) >> 3) + 1;
  const decimal = -348 + index * 8;
  return { power: powerOfTen(decimal), exponent: -decimal };
}

const powers = new Map<number, Wide>();

/** Ten to a power, rounded to 64 bits. */
function powerOfTen(decimal: number): Wide {
  const found = powers.get(decimal);
  if (found !== undefined) return found;
  const size = 10n ** BigInt(Math.abs(decimal));
  const bits = size.toString(2).length;
  const made = decimal >= 0 ? rounded(size, 1n, bits - 64) : rounded(1n, size, -bits - 63);
  powers.set(decimal, made);
  return made;
}

/** The quotient as 64 bits times two to the power of `e`, or of the next exponent where that has 65 bits or 63. */
function rounded(above: bigint, below: bigint, e: number): Wide {
  const [n, d] = e >= 0 ? [above, below << BigInt(e)] : [above << BigInt(-e), below];
  const f = (n * 2n + d) / (d * 2n);
  if (f >= 1n << 64n) return rounded(above, below, e + 1);
  return f < 1n << 63n ? rounded(above, below, e - 1) : { f, e };
}

function generate(value: Wide, high: Wide, width: bigint, exponent: number): Digits {
  const shift = BigInt(-high.e);
  const one = 1n << shift;
  const gap = high.f - value.f;
  let delta = width;
  let whole = high.f >> shift;
  let fraction = high.f & (one - 1n);
  let digits = "";
  let left = String(whole).length;
  while (left > 0) {
    left--;
    const unit = 10n ** BigInt(left);
    const digit = whole / unit;
    if (digit !== 0n || digits !== "") digits += String(digit);
    whole %= unit;
    const rest = (whole << shift) + fraction;
    if (rest <= delta) return { digits: nearer(digits, delta, rest, unit << shift, gap), exponent: exponent + left };
  }
  for (let place = 1; ; place++) {
    fraction *= 10n;
    delta *= 10n;
    const digit = fraction >> shift;
    if (digit !== 0n || digits !== "") digits += String(digit);
    fraction &= one - 1n;
    if (fraction < delta) {
      const scaled = place < 9 ? gap * 10n ** BigInt(place) : 0n;
      return { digits: nearer(digits, delta, fraction, one, scaled & MASK_64), exponent: exponent - place };
    }
  }
}

/** Lowers the last digit while that comes nearer to the value. */
function nearer(digits: string, delta: bigint, start: bigint, unit: bigint, gap: bigint): string {
  let last = Number(digits.at(-1));
  let rest = start;
  while (rest < gap && delta - rest >= unit && (rest + unit < gap || gap - rest > rest + unit - gap)) {
    last--;
    rest += unit;
  }
  return digits.slice(0, -1) + String(last);
}
