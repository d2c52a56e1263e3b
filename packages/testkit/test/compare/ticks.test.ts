import { expect, test } from "vitest";
import { datetimeTicks, timespanTicks } from "../../src/compare/ticks.ts";

test("the printed forms of one moment are the same tick", () => {
  const forms = ["2007-01-01T00:00:00Z", "2007-01-01T00:00:00.0000000Z", "2007-01-01 00:00:00.0000000", "1/1/2007"];
  expect(new Set(forms.map(datetimeTicks)).size).toBe(1);
});

test("one tick apart is apart, at both ends of the calendar", () => {
  const [first, second] = ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000001Z"].map((text) => datetimeTicks(text));
  expect((second ?? 0n) - (first ?? 0n)).toBe(1n);
  expect((datetimeTicks("9999-12-31T23:59:59.9999999Z") ?? 0n) - (first ?? 0n)).toBe(3_155_378_975_999_999_999n);
});

test("1970 is the origin, and the tick before it is -1", () => {
  expect(datetimeTicks("1970-01-01")).toBe(0n);
  expect(datetimeTicks("1969-12-31T23:59:59.9999999Z")).toBe(-1n);
});

test("noon and midnight of a twelve-hour clock are told apart", () => {
  expect(datetimeTicks("1/2/2020 12:00:00 AM")).toBe(datetimeTicks("2020-01-02"));
  expect(datetimeTicks("1/2/2020 12:00:00 PM")).toBe(datetimeTicks("2020-01-02 12:00"));
});

test.each(["2023-02-29", "2020-13-01", "0000-01-01", "today", "", "2020-01-01T00:00:00+02:00"])(
  "'%s' is no datetime",
  (text) => expect(datetimeTicks(text)).toBeUndefined(),
);

test("the longest timespans keep every tick", () => {
  expect(timespanTicks("10675199.02:48:05.4775807")).toBe(9_223_372_036_854_775_807n);
  expect(timespanTicks("-10675199.02:48:05.4775808")).toBe(-9_223_372_036_854_775_808n);
});

test("the part before the dot is days, and a fraction is filled from the left", () => {
  expect(timespanTicks("4.00:00:00")).toBe(4n * 864_000_000_000n);
  expect(timespanTicks("00:00:00.5")).toBe(5_000_000n);
});

test.each(["1h", "1:2:3:4", "", "12"])("'%s' is no timespan", (text) => expect(timespanTicks(text)).toBeUndefined());
