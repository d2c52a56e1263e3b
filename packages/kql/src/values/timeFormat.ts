/** A stretch of a format: a letter repeated, or a delimiter as it stands. */
export type FormatPart =
  | { readonly kind: "element"; readonly letter: string; readonly width: number }
  | { readonly kind: "delimiter"; readonly text: string };

/** How wide each letter may be; a longer run is read as several elements. */
type Letters = Readonly<Record<string, readonly number[]>>;

const fractions = [7, 6, 5, 4, 3, 2, 1];
const pairs = [2, 1];

const datetimeLetters: Letters = {
  y: [4, 2, 1],
  M: pairs,
  d: pairs,
  h: pairs,
  H: pairs,
  m: pairs,
  s: pairs,
  f: fractions,
  F: fractions,
  t: [2],
};

const timespanLetters: Letters = {
  d: [8, 7, 6, 5, 4, 3, 2, 1],
  h: pairs,
  H: pairs,
  m: pairs,
  s: pairs,
  f: fractions,
  F: fractions,
};

const delimiters = " /-:,._[]";

/** The parts of a format of `format_datetime` or `format_timespan`, or the text that can't stand in one. */
export function readFormat(
  format: string,
  of: "datetime" | "timespan",
): { readonly parts: readonly FormatPart[] } | { readonly bad: string } {
  const letters = of === "datetime" ? datetimeLetters : timespanLetters;
  const parts: FormatPart[] = [];
  for (const [run] of format.matchAll(/(.)\1*/gsu)) {
    const letter = run[0] ?? "";
    const widths = Object.hasOwn(letters, letter) ? letters[letter] : undefined;
    if (widths === undefined && !delimiters.includes(letter)) return { bad: run };
    if (widths === undefined) {
      parts.push({ kind: "delimiter", text: run });
      continue;
    }
    let left = run.length;
    while (left > 0) {
      const width = widths.find((item) => item <= left);
      if (width === undefined) return { bad: run };
      parts.push({ kind: "element", letter, width });
      left -= width;
    }
  }
  return { parts };
}
