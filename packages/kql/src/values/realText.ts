import { grisuDigits } from "./grisu.ts";

/** A real as `tostring()` writes it: `1.0`, `0.1`, `1e22`, `inf`, `NaN`. */
export function realText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return finiteText(value);
}

/** A real inside a dynamic; what JSON has no number for becomes text. */
export function jsonReal(value: number): string {
  if (Number.isNaN(value)) return '"NaN"';
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  return finiteText(value);
}

function finiteText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const sign = value < 0 ? "-" : "";
  const { digits, exponent } = grisuDigits(Math.abs(value));
  return sign + placed(digits, exponent);
}

/** Plain up to 21 digits before the point and down to six zeros after it, scientific beyond. */
function placed(digits: string, exponent: number): string {
  const point = digits.length + exponent;
  if (exponent >= 0 && point <= 21) return `${digits}${"0".repeat(exponent)}.0`;
  if (point > 0 && point <= 21) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  if (point > -6 && point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${mantissa}e${point - 1}`;
}
