/** How many digits decimals have before their point and after it. */
export interface DecimalDigits {
  readonly before: number;
  readonly after: number;
}

export const KEPT: DecimalDigits = { before: 20, after: 18 };
/** Beside values of more than twenty digits. */
export const KEPT_OF_LONG: DecimalDigits = { before: 32, after: 6 };

/** Whether so many digits hold all that a decimal's text writes. */
export function holdsDecimal(text: string, { before, after }: DecimalDigits): boolean {
  const [, whole = "", part = "", exponent = "0"] = /^[-+]?(\d*)\.?(\d*?)0*(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  const shift = Number(exponent);
  const digits = `${whole}${part}`.replace(/^0+/, "");
  const trailing = /0*$/.exec(digits)?.[0].length ?? 0;
  return digits === "" || (digits.length - part.length + shift <= before && part.length - trailing - shift <= after);
}

/** A decimal as a whole number of 10^-18: the digits that are kept after the point. */
const DIGITS = 18n;
const ONE = 10n ** DIGITS;

function read(text: string): bigint | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "0", fraction = ""] = match;
  const size = BigInt(whole) * ONE + BigInt(fraction.slice(0, Number(DIGITS)).padEnd(Number(DIGITS), "0"));
  return sign === "-" ? -size : size;
}

function write(value: bigint): string {
  const size = value < 0n ? -value : value;
  return `${value < 0n ? "-" : ""}${size / ONE}.${String(size % ONE).padStart(Number(DIGITS), "0")}`;
}

/** The quotient rounded half away from zero. */
function rounded(above: bigint, below: bigint): bigint {
  const [n, d] = [above < 0n ? -above : above, below < 0n ? -below : below];
  const size = (n * 2n + d) / (d * 2n);
  return above < 0n === below < 0n ? size : -size;
}

type Operation = (a: bigint, b: bigint) => bigint | undefined;

const operate =
  (operation: Operation) =>
  (left: string, right: string): string | undefined => {
    const [a, b] = [read(left), read(right)];
    const result = a === undefined || b === undefined ? undefined : operation(a, b);
    return result === undefined ? undefined : write(result);
  };

const modulo = (a: bigint, size: bigint): bigint => ((a % size) + size) % size;

/** Products, quotients and remainders of decimal texts, to 18 digits after the point; undefined by zero. */
export const decimalTimes: (a: string, b: string) => string | undefined = operate((a, b) => rounded(a * b, ONE));
export const decimalOver: (a: string, b: string) => string | undefined = operate((a, b) =>
  b === 0n ? undefined : rounded(a * ONE, b),
);
export const decimalModulo: (a: string, b: string) => string | undefined = operate((a, b) =>
  b === 0n ? undefined : modulo(a, b < 0n ? -b : b),
);
/** The greatest multiple of a size above zero that is not above a value. */
export const decimalBin: (a: string, b: string) => string | undefined = operate((a, b) =>
  b <= 0n ? undefined : a - modulo(a, b),
);
