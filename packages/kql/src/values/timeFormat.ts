import { dateOf, ticksPer } from "./calendar.ts";

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

/** A datetime as `format_datetime` writes it; undefined where the format has something that can't stand in one. */
export function formatDatetimeAs(ticks: bigint, format: string): string | undefined {
  const read = readFormat(format, "datetime");
  if ("bad" in read) return undefined;
  const { year, month, day } = dateOf(Number(ticks / ticksPer.day));
  const hour = Number((ticks % ticksPer.day) / ticksPer.hour);
  const values: Readonly<Record<string, number>> = { M: month, d: day, H: hour, h: ((hour + 11) % 12) + 1 };
  return written(read.parts, ticks, (letter, width) => {
    if (letter === "t") return hour < 12 ? "AM" : "PM";
    if (letter === "y") return padded(width === 4 ? year : year % 100, width);
    return padded(values[letter] ?? 0, width);
  });
}

/** A timespan as `format_timespan` writes it; undefined where the format has something that can't stand in one. */
export function formatTimespanAs(ticks: bigint, format: string): string | undefined {
  const read = readFormat(format, "timespan");
  if ("bad" in read) return undefined;
  const size = ticks < 0n ? -ticks : ticks;
  const text = written(read.parts, size, (letter, width) =>
    padded(letter === "d" ? size / ticksPer.day : (size / ticksPer.hour) % 24n, width),
  );
  return ticks < 0n ? `-${text}` : text;
}

function written(
  parts: readonly FormatPart[],
  ticks: bigint,
  element: (letter: string, width: number) => string,
): string {
  return parts.map((part) => (part.kind === "delimiter" ? part.text : shared(part, ticks, element))).join("");
}

/** Minutes, seconds and parts of a second are alike in datetimes and timespans. */
function shared(
  part: FormatPart & { readonly kind: "element" },
  ticks: bigint,
  element: (letter: string, width: number) => string,
): string {
  const fraction = String(ticks % ticksPer.second)
    .padStart(7, "0")
    .slice(0, part.width);
  switch (part.letter) {
    case "m":
      return padded((ticks / ticksPer.minute) % 60n, part.width);
    case "s":
      return padded((ticks / ticksPer.second) % 60n, part.width);
    case "f":
      return fraction;
    case "F":
      return fraction.replace(/0+$/, "");
    default:
      return element(part.letter, part.width);
  }
}

function padded(of: number | bigint, width: number): string {
  return String(of).padStart(width, "0");
}
