import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, choose, coalesce, constantText, less, number, once, remainder, text } from "../../sql/build.ts";
import { ticksPer } from "../../values/calendar.ts";
import { type FormatPart, readFormat } from "../../values/timeFormat.ts";
import { type Check, type ScalarFunction, scalarFunction } from "../define.ts";
import { dayNumber } from "./sql.ts";
import { joined, printed, printedClock, sizeOf } from "./text.ts";

/** At least `width` digits; `lpad` would cut what is longer. */
function padded(of: SqlExpr, width: number, digits: number): SqlExpr {
  const plain = cast(of, "VARCHAR");
  if (width === 1) return plain;
  return width >= digits
    ? call("lpad", plain, number(width), text("0"))
    : call("lpad", plain, cast(call("greatest", number(width), call("length", plain)), "INTEGER"), text("0"));
}

/** The letters of Kusto by those of `strftime`. */
const printedAs: ReadonlyMap<string, string> = new Map([
  ["yyyy", "%Y"],
  ["yy", "%y"],
  ["y", "%-y"],
  ["MM", "%m"],
  ["M", "%-m"],
  ["dd", "%d"],
  ["d", "%-d"],
  ["HH", "%H"],
  ["H", "%-H"],
  ["hh", "%I"],
  ["h", "%-I"],
  ["mm", "%M"],
  ["m", "%-M"],
  ["ss", "%S"],
  ["s", "%-S"],
  ["tt", "%p"],
  ["fff", "%g"],
  ["ffffff", "%f"],
]);

const runOf = (part: FormatPart): string => (part.kind === "delimiter" ? part.text : part.letter.repeat(part.width));

/** What `strftime` prints nothing for: a fraction of the second of any other length, or without its zeros. */
function fraction(run: string, ticks: SqlExpr): SqlExpr {
  const digits = padded(remainder(ticks, number(ticksPer.second)), 7, 7);
  const cut = run.length === 7 ? digits : call("left", digits, number(run.length));
  return run.startsWith("F") ? call("rtrim", cut, text("0")) : cut;
}

/** Stretches that `strftime` prints as one, and what stands between them. */
function pieces(
  parts: readonly FormatPart[],
  stretch: (letters: string) => SqlExpr,
  other: (run: string) => SqlExpr | undefined,
): readonly SqlExpr[] {
  const all: SqlExpr[] = [];
  let letters = "";
  const close = (): void => {
    if (letters !== "") all.push(stretch(letters));
    letters = "";
  };
  for (const part of parts) {
    const run = runOf(part);
    const own = part.kind === "delimiter" ? undefined : other(run);
    if (own === undefined) {
      letters += part.kind === "delimiter" ? run : (printedAs.get(run) ?? "");
    } else {
      close();
      all.push(own);
    }
  }
  close();
  return all;
}

/** The empty text when the value is null. */
const textOrEmpty = (...parts: readonly SqlExpr[]): SqlExpr =>
  coalesce(parts.length === 0 ? text("") : joined(...parts), text(""));

const fractionElse = (ticks: SqlExpr) => (run: string) => (printedAs.has(run) ? undefined : fraction(run, ticks));

function formatDatetime(date: SqlExpr, format: SqlExpr): SqlExpr {
  return once(date, (ticks) =>
    textOrEmpty(...pieces(partsOf(format, "datetime"), (letters) => printed(ticks, letters), fractionElse(ticks))),
  );
}

/** Hours run to 23 in both cases, days are counted from none. */
function formatTimespan(span: SqlExpr, format: SqlExpr): SqlExpr {
  return once(span, (ticks) =>
    once(sizeOf(ticks), (size) =>
      textOrEmpty(
        choose(less(ticks, number(0)), text("-"), text("")),
        ...pieces(
          partsOf(format, "timespan"),
          (letters) => printedClock(size, letters.replaceAll("I", "H")),
          (run) => (run.startsWith("d") ? padded(dayNumber(size), run.length, 8) : fractionElse(size)(run)),
        ),
      ),
    ),
  );
}

function partsOf(format: SqlExpr, of: "datetime" | "timespan"): readonly FormatPart[] {
  const read = readFormat(constantText(format) ?? "", of);
  return "bad" in read ? [] : read.parts;
}

const readable =
  (of: "datetime" | "timespan"): Check =>
  (_value, format) => {
    if (format === undefined)
      return { argument: "a format that varies by row", reason: "the format must be a literal" };
    const read = readFormat(String(format), of);
    return "bad" in read
      ? { argument: `the format '${format}'`, reason: `Kusto's formats of a ${of} have no '${read.bad}'` }
      : undefined;
  };

export const formatting: readonly ScalarFunction[] = [
  scalarFunction({
    name: "format_datetime",
    summary: "A datetime in the letters of a format; runs longer than Kusto knows are read as several elements.",
    signature: "format_datetime(date: datetime, format: string): string",
    lower: { duckdb: formatDatetime },
    check: readable("datetime"),
    examples: [
      ["format_datetime(datetime(2017-01-29 09:00:05), 'yy-MM-dd [HH:mm:ss]')", '"17-01-29 [09:00:05]"'],
      ["format_datetime(datetime(2020-06-15 00:05:09), 'h:mm tt')", '"12:05 AM"', "midnight is twelve"],
      ["format_datetime(datetime(2020-01-05), 'dddd')", '"0505"', "no names of days: two elements of two"],
    ],
  }),
  scalarFunction({
    name: "format_timespan",
    summary: "A timespan in the letters of a format, with its sign before it.",
    signature: "format_timespan(span: timespan, format: string): string",
    lower: { duckdb: formatTimespan },
    check: readable("timespan"),
    examples: [
      ["format_timespan(time(29.09:00:05.12345), 'dd.hh:mm:ss:FF')", '"29.09:00:05:12"'],
      ["format_timespan(time(29.09:00:05.12345), 'ddd.h:mm:ss [fffffff]')", '"029.9:00:05 [1234500]"'],
      ["format_timespan(-90s, 'mm:ss')", '"-01:30"', "the sign stands before"],
    ],
  }),
];
