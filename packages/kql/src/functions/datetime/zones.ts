import { call, text } from "../../sql/build.ts";
import { isTimeZone, localToUtc, utcToLocal } from "../../values/timeZone.ts";
import { timeZoneNames } from "../../values/timeZoneNames.ts";
import { type Check, type ScalarFunction, scalarFunction } from "../define.ts";

const knownZone: Check = (_date, zone) =>
  typeof zone !== "string" || isTimeZone(zone)
    ? undefined
    : { argument: `the time zone '${zone}'`, reason: "it is none of those that datetime_list_timezones() gives" };

export const timeZones: readonly ScalarFunction[] = [
  scalarFunction({
    name: "datetime_utc_to_local",
    summary: "A UTC datetime as the clocks of a time zone show it.",
    signature: "datetime_utc_to_local(from: datetime, timezone: string): datetime",
    lower: { duckdb: (from, zone) => call("goshawk_utc_to_local", from, zone) },
    fold: (from, zone) => utcToLocal(BigInt(from), String(zone)) ?? null,
    check: knownZone,
    examples: [
      ["datetime_utc_to_local(datetime(2022-07-11 22:18:48), 'US/Pacific')", "datetime(2022-07-11 15:18:48)"],
      ["datetime_utc_to_local(datetime(2022-07-11 22:18:48), 'Australia/Canberra')", "datetime(2022-07-12 08:18:48)"],
    ],
  }),
  scalarFunction({
    name: "datetime_local_to_utc",
    summary: "The UTC datetime at which the clocks of a time zone show a time.",
    signature: "datetime_local_to_utc(from: datetime, timezone: string): datetime",
    approximate: "an hour that clocks repeat is taken as its first pass, which Kusto's documentation leaves open",
    lower: { duckdb: (from, zone) => call("goshawk_local_to_utc", from, zone) },
    fold: (from, zone) => localToUtc(BigInt(from), String(zone)) ?? null,
    check: knownZone,
    examples: [
      ["datetime_local_to_utc(datetime(2020-02-02 20:02:20), 'Europe/Paris')", "datetime(2020-02-02 19:02:20)"],
      [
        "datetime_local_to_utc(datetime(2022-03-27 02:00), 'Europe/Brussels')",
        "datetime(2022-03-27 00:00)",
        "a time that clocks jump over",
      ],
    ],
  }),
  scalarFunction({
    name: "datetime_list_timezones",
    summary: "The names of all time zones.",
    signature: "datetime_list_timezones(): dynamic",
    nulls: "never",
    lower: { duckdb: () => text(JSON.stringify(timeZoneNames)) },
  }),
];
