import { expect, test } from "vitest";
import { formatDatetime } from "../../src/values/datetime.ts";
import { parseDatetime } from "../../src/values/parseDatetime.ts";
import { parseTimespan } from "../../src/values/parseTimespan.ts";
import { formatTimespan } from "../../src/values/timespan.ts";

const read = (text: string): string | undefined => {
  const ticks = parseDatetime(text);
  return ticks === undefined ? undefined : formatDatetime(ticks);
};

// Kusto documentation, the datetime data type, Supported formats.
test.each([
  ["2014-05-25T08:20:03.123456Z", "2014-05-25T08:20:03.1234560Z"],
  ["2014-11-08 15:55", "2014-11-08T15:55:00.0000000Z"],
  ["Sat, 8 Nov 14 15:05:02 GMT", "2014-11-08T15:05:02.0000000Z"],
  ["8 Nov 14 15:05", "2014-11-08T15:05:00.0000000Z"],
  ["Saturday, 08-Nov-14 15:05:02", "2014-11-08T15:05:02.0000000Z"],
  ["2014-11-08T15:05 GMT", "2014-11-08T15:05:00.0000000Z"],
])("a documented form is read: %s", (text, expected) => {
  expect(read(text)).toBe(expected);
});

// Measured on the Kusto emulator by duckdb-kql.
test("the month stands first, and a month there is not is no datetime", () => {
  expect([read("12-02-2022"), read("2/3/2022"), read("13-01-2022")]).toEqual([
    "2022-12-02T00:00:00.0000000Z",
    "2022-02-03T00:00:00.0000000Z",
    undefined,
  ]);
});

test("an offset is no part of the date, nor a part of the date an offset", () => {
  expect([read("2022-12-02T13:45:56-05:00"), read("2022-12-02")]).toEqual([
    "2022-12-02T18:45:56.0000000Z",
    "2022-12-02T00:00:00.0000000Z",
  ]);
});

test("a datetime that leaves its range is none", () => {
  expect([read("0001-01-01T00:00:00+01:00"), read("9999-12-31T23:59:59-01:00"), read("2020-02-30")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("hours are no days", () => {
  const texts = ["13:00:00", "4.00:00:00", "1:02:03:04.5", "-00:30:00", "1.5h", "5"];
  expect(texts.map((text) => formatTimespan(parseTimespan(text) ?? -1n))).toEqual([
    "13:00:00",
    "4.00:00:00",
    "1.02:03:04.5000000",
    "-00:30:00",
    "01:30:00",
    "5.00:00:00",
  ]);
});

test("digits without end are no timespan and take no time", () => {
  expect([parseTimespan(`${"9".repeat(1_000_000)}d`), parseTimespan("99999999.00:00:00")]).toEqual([
    undefined,
    undefined,
  ]);
});
