const plainForm = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const thousandsForm = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const printedForm = /^[-+]?\d+(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/;

/** The number that a cell's text stands for, NaN and infinities included; undefined where it stands for none. */
export function numberOf(text: string): number | undefined {
  const digits = tidy(text);
  if (plainForm.test(digits)) return Number(digits);
  switch (digits.toLowerCase()) {
    case "nan":
      return Number.NaN;
    case "inf":
    case "+inf":
    case "infinity":
    case "+infinity":
      return Number.POSITIVE_INFINITY;
    case "-inf":
    case "-infinity":
      return Number.NEGATIVE_INFINITY;
    default:
      return undefined;
  }
}

/** The whole number that a cell's text stands for, exact beyond 2^53; undefined where it is not whole. */
export function integerOf(text: string): bigint | undefined {
  const digits = tidy(text);
  if (/^[-+]?\d+$/.test(digits)) return BigInt(digits.replace("+", ""));
  const value = numberOf(digits);
  return value !== undefined && Number.isInteger(value) ? BigInt(value) : undefined;
}

/** Equal within `tolerance` (relative) or 1e-12 (absolute); NaN equals NaN, infinities by sign. */
export function near(left: number, right: number, tolerance: number): boolean {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) && Number.isNaN(right);
  if (!Number.isFinite(left) || !Number.isFinite(right)) return left === right;
  const slack = Math.max(1e-12, tolerance * Math.max(Math.abs(left), Math.abs(right)));
  return Math.abs(left - right) <= slack;
}

/** Half a unit of the last digit that a page printed. */
export function printedSlack(text: string): number {
  const match = printedForm.exec(text.trim().replaceAll(",", ""));
  if (match === null) return 0;
  const [, fraction = "", exponent = "0"] = match;
  return 0.500_000_1 * 10 ** (Number(exponent) - fraction.length);
}

function tidy(text: string): string {
  const signed = text.trim().replaceAll("\u221e", "Infinity").replaceAll("\u2212", "-");
  return thousandsForm.test(signed) ? signed.replaceAll(",", "") : signed;
}
