import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  call,
  cast,
  choose,
  concat,
  constantText,
  less,
  number,
  once,
  quotient,
  remainder,
  text,
} from "../../sql/build.ts";
import { ticksPer } from "../../values/calendar.ts";
import { type FormatPart, readFormat } from "../../values/timeFormat.ts";
import { type Check, type ScalarFunction, scalarFunction } from "../define.ts";
import { datePart, dayNumber } from "./sql.ts";

type Element = (letter: string, width: number) => SqlExpr;

/** At least `width` digits; `lpad` would cut what is longer. */
function padded(of: SqlExpr, width: number, digits = 2): SqlExpr {
  if (width === 1) return cast(of, "VARCHAR");
  const plain = cast(of, "VARCHAR");
  return width >= digits
    ? call("lpad", plain, number(width), text("0"))
    : call("lpad", plain, cast(call("greatest", number(width), call("length", plain)), "INTEGER"), text("0"));
}

const within = (ticks: SqlExpr, unit: bigint, of: bigint): SqlExpr =>
  quotient(remainder(ticks, number(of)), number(unit));

function fraction(ticks: SqlExpr, width: number): SqlExpr {
  return call("left", padded(remainder(ticks, number(ticksPer.second)), 7), number(width));
}

function part(of: FormatPart, ticks: SqlExpr, element: Element): SqlExpr {
  if (of.kind === "delimiter") return text(of.text);
  switch (of.letter) {
    case "H":
      return padded(within(ticks, ticksPer.hour, ticksPer.day), of.width);
    case "m":
      return padded(within(ticks, ticksPer.minute, ticksPer.hour), of.width);
    case "s":
      return padded(within(ticks, ticksPer.second, ticksPer.minute), of.width);
    case "f":
      return fraction(ticks, of.width);
    case "F":
      return call("rtrim", fraction(ticks, of.width), text("0"));
    default:
      return element(of.letter, of.width);
  }
}

function ofDatetime(ticks: SqlExpr): Element {
  const hour = within(ticks, ticksPer.hour, ticksPer.day);
  return (letter, width) => {
    switch (letter) {
      case "y":
        return width === 4
          ? padded(datePart("year", ticks), 4)
          : padded(remainder(datePart("year", ticks), number(100)), width);
      case "M":
        return padded(datePart("month", ticks), width);
      case "d":
        return padded(datePart("day", ticks), width);
      case "h":
        return padded(add(remainder(add(hour, number(11)), number(12)), number(1)), width);
      default:
        return choose(less(hour, number(12)), text("AM"), text("PM"));
    }
  };
}

const ofTimespan =
  (ticks: SqlExpr): Element =>
  (letter, width) =>
    letter === "d" ? padded(dayNumber(ticks), width, 8) : padded(within(ticks, ticksPer.hour, ticksPer.day), width);

function formatDatetime(date: SqlExpr, format: SqlExpr): SqlExpr {
  return once(date, (ticks) => joined(partsOf(format, "datetime"), ticks, ofDatetime(ticks)));
}

function formatTimespan(span: SqlExpr, format: SqlExpr): SqlExpr {
  return once(span, (ticks) =>
    once(call("abs", cast(ticks, "HUGEINT")), (size) =>
      concat(
        choose(less(ticks, number(0)), text("-"), text("")),
        joined(partsOf(format, "timespan"), size, ofTimespan(size)),
      ),
    ),
  );
}

function partsOf(format: SqlExpr, of: "datetime" | "timespan"): readonly FormatPart[] {
  const read = readFormat(constantText(format) ?? "", of);
  return "bad" in read ? [] : read.parts;
}

/** Null when `ticks` is: `concat` alone would pass over what is null. */
function joined(parts: readonly FormatPart[], ticks: SqlExpr, element: Element): SqlExpr {
  const pieces = parts.map((item) => part(item, ticks, element));
  return choose({ kind: "operation", operator: "is null", args: [ticks] }, text(""), concat(...pieces, text("")));
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
