import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDatetime } from "../../src/values/datetime.ts";
import { parseDatetime } from "../../src/values/parseDatetime.ts";
import { localToUtc, utcToLocal } from "../../src/values/timeZone.ts";

const ticks = (text: string): bigint => parseDatetime(text) ?? -1n;
const shown = (found: bigint | undefined): string | undefined =>
  found === undefined ? undefined : formatDatetime(found);

// Kusto documentation, datetime_utc_to_local() and datetime_local_to_utc(), Examples.
test("clocks are read as the documentation reads them", () => {
  expect(shown(utcToLocal(ticks("2022-07-11 22:18:48.467862"), "Australia/Canberra"))).toBe(
    "2022-07-12T08:18:48.4678620Z",
  );
  expect(shown(localToUtc(ticks("2020-02-02 20:02:20"), "US/Pacific"))).toBe("2020-02-03T04:02:20.0000000Z");
  expect(shown(localToUtc(ticks("2022-03-27 02:00"), "Europe/Brussels"))).toBe("2022-03-27T00:00:00.0000000Z");
});

test("a zone that Kusto does not list is none", () => {
  expect(utcToLocal(ticks("2020-01-01"), "Pacific Standard Time")).toBeUndefined();
});

test("UTC comes back from local time, but for the hour that clocks repeat", () => {
  const seconds = fc.integer({ min: 0, max: 60 * 365 * 86_400 });
  fc.assert(
    fc.property(seconds, fc.constantFrom("Europe/Paris", "Asia/Kolkata", "Australia/Lord_Howe"), (after, zone) => {
      const utc = ticks("1970-01-01") + BigInt(after) * 10_000_000n;
      const back = localToUtc(utcToLocal(utc, zone) ?? -1n, zone) ?? -1n;
      return utcToLocal(back, zone) === utcToLocal(utc, zone);
    }),
  );
});
