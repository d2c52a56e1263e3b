import { call } from "../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "./define.ts";

/** Datetimes as whole numbers and back, for folds over arrays; no query can name these. */
export const ticks: readonly ScalarFunction[] = [
  scalarFunction({
    name: "ticks of",
    signature: "ticks of(time: datetime): long",
    summary: "The ticks that hold a datetime.",
    nulls: "propagate",
    lower: { duckdb: (of) => of },
  }),
  scalarFunction({
    name: "datetime of ticks",
    signature: "datetime of ticks(ticks: long): datetime",
    summary: "The datetime that ticks hold.",
    nulls: "propagate",
    lower: { duckdb: (of) => of },
  }),
  scalarFunction({
    name: "session starts",
    signature: "session starts(ticks: dynamic, fromFirst: timespan, between: timespan): dynamic",
    summary: "The start of each value's session, for row_window_session().",
    lower: { duckdb: (list, fromFirst, between) => call("goshawk_session_starts", list, fromFirst, between) },
  }),
];
