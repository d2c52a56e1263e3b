import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  and,
  bitNot,
  call,
  cast,
  choose,
  coalesce,
  greater,
  less,
  multiply,
  nothing,
  number,
  once,
  quotient,
  remainder,
  subtract,
  text,
  tryCast,
  unequal,
} from "../../sql/build.ts";
import { ticksPer, UNIX_EPOCH_TICKS } from "../../values/calendar.ts";

const EPOCH_MICROSECONDS = UNIX_EPOCH_TICKS / ticksPer.microsecond;

/** Null when a part is, as `concat` is not. */
export const joined = (...parts: readonly SqlExpr[]): SqlExpr =>
  parts.reduce((left, right) => ({ kind: "operation", operator: "||", args: [left, right] }));

/** A datetime as DuckDB prints it, by the letters of `strftime`; its timestamps end at microseconds. */
export const printed = (ticks: SqlExpr, letters: string): SqlExpr =>
  call(
    "strftime",
    call("make_timestamp", subtract(quotient(ticks, number(10)), number(EPOCH_MICROSECONDS))),
    text(letters),
  );

/** What is left of a whole day, printed as a time of day. */
export const printedClock = (size: SqlExpr, letters: string): SqlExpr =>
  call(
    "strftime",
    call("make_timestamp", cast(quotient(remainder(size, number(ticksPer.day)), number(10)), "BIGINT")),
    text(letters),
  );

/** The seventh digit after the second. */
export const lastDigit = (ticks: SqlExpr): SqlExpr => cast(remainder(ticks, number(10)), "VARCHAR");

/** How long a timespan is without its sign; the longest is one more than the most a long holds. */
export const sizeOf = (ticks: SqlExpr): SqlExpr =>
  choose(less(ticks, number(0)), add(cast(bitNot(ticks), "UBIGINT"), number(1)), cast(ticks, "UBIGINT"));

/** A datetime in round-trip form. */
export const datetimeText = (of: SqlExpr): SqlExpr =>
  once(of, (ticks) => joined(printed(ticks, "%Y-%m-%dT%H:%M:%S.%f"), lastDigit(ticks), text("Z")));

/** `[-][d.]hh:mm:ss[.fffffff]` */
export const timespanText = (of: SqlExpr): SqlExpr =>
  once(of, (ticks) =>
    once(sizeOf(ticks), (size) => {
      const days = quotient(size, number(ticksPer.day));
      const fraction = remainder(size, number(ticksPer.second));
      return joined(
        choose(less(ticks, number(0)), text("-"), text("")),
        choose(greater(days, number(0)), joined(cast(days, "VARCHAR"), text(".")), text("")),
        printedClock(size, "%H:%M:%S"),
        choose(
          greater(fraction, number(0)),
          joined(text("."), call("lpad", cast(fraction, "VARCHAR"), number(7), text("0"))),
          text(""),
        ),
      );
    }),
  );

/** ISO 8601 as logs write it; DuckDB reads it all but for the seventh digit after the second. */
const iso = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}([T ]([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}([.][0-9]{1,7})?Z?)?";

/** A text in any of Kusto's forms as ticks; what is not plain ISO 8601 is read a row at a time. */
export const datetimeFromText = (of: SqlExpr): SqlExpr =>
  once(of, (written) => {
    const microseconds = call("epoch_us", tryCast(call("left", written, number(26)), "TIMESTAMP"));
    const seventh = call("substr", written, number(27), number(1));
    const longer = and(greater(call("length", written), number(26)), unequal(seventh, text("Z")));
    const tick = choose(longer, cast(seventh, "BIGINT"), number(0));
    const ticks = add(multiply(add(microseconds, number(EPOCH_MICROSECONDS)), number(10)), tick);
    return coalesce(
      choose(call("regexp_full_match", written, text(iso)), ticks, nothing("BIGINT")),
      call("goshawk_datetime", written),
    );
  });

export const timespanFromText = (of: SqlExpr): SqlExpr => call("goshawk_timespan", of);
