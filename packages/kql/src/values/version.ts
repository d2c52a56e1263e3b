const DIGITS = 8;
const PARTS = 4;

/** A version of one to four numbers as one number of eight digits for each; undefined for other text. */
export function versionNumber(text: string): string | undefined {
  const parts = text.trim().split(".");
  if (parts.length > PARTS || !parts.every((part) => /^[0-9]{1,8}$/.test(part))) return undefined;
  const digits = Array.from({ length: PARTS }, (_, index) => (parts[index] ?? "").padStart(DIGITS, "0"));
  return String(BigInt(digits.join("")));
}
