/** Kusto's text of a real number: as .NET prints it, shortest digits that read back the same. */
export function formatReal(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "0", fraction = "", exponent] = match;
  return scientific(sign, whole, fraction, exponent, value) ?? text;
}

/** .NET changes to scientific notation at 1E+15 and below 1E-05. */
function scientific(
  sign: string,
  whole: string,
  fraction: string,
  exponent: string | undefined,
  value: number,
): string | undefined {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-5 && size < 1e15)) return undefined;
  const digits = (whole + fraction).replace(/^0+/, "").replace(/0+$/, "") || "0";
  const power =
    Number(exponent ?? 0) + (whole === "0" ? -(fraction.match(/^0*/)?.[0].length ?? 0) - 1 : whole.length - 1);
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${sign}${mantissa}E${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
