import { call, coalesce, number, real, text } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

const HOUR = number(36_000_000_000n);

export const dynamicRanges: readonly ScalarFunction[] = [
  scalarFunction({
    name: "range",
    summary: "The array of values from a start to a stop, both included, of at most 1,048,576 elements.",
    overloads: [
      {
        signature: "range(start: long, stop: long, step?: long): dynamic",
        lower: { duckdb: (start, stop, step = number(1)) => call("goshawk_long_range", start, stop, step) },
      },
      {
        signature: "range(start: datetime, stop: datetime, step?: timespan): dynamic",
        lower: { duckdb: (start, stop, step = HOUR) => call("goshawk_datetime_range", start, stop, step) },
      },
      {
        signature: "range(start: timespan, stop: timespan, step?: timespan): dynamic",
        lower: { duckdb: (start, stop, step = HOUR) => call("goshawk_timespan_range", start, stop, step) },
      },
      {
        signature: "range(start: real, stop: real, step?: real): dynamic",
        lower: { duckdb: (start, stop, step = real(1)) => call("goshawk_real_range", start, stop, step) },
      },
    ],
    examples: [
      ["range(1, 8, 3)", "dynamic([1,4,7])", "the stop is included where the steps meet it"],
      ["range(1h, 3h)", 'dynamic(["01:00:00","02:00:00","03:00:00"])', "a step of an hour where none is given"],
    ],
  }),
  scalarFunction({
    name: "repeat",
    summary: "The array of one value, repeated; null for a negative count.",
    signature: "repeat(value: dynamic, count: long): dynamic",
    lower: { duckdb: (value, count) => call("goshawk_repeat", coalesce(value, text("null")), count) },
    examples: [
      ["repeat(1, 3)", "dynamic([1,1,1])"],
      ["repeat(1, -1)", "dynamic(null)", "a negative count"],
    ],
  }),
];
