import { localToUtc, utcToLocal } from "../../values/timeZone.ts";
import { type HostFunction, hostFunction } from "./define.ts";

export const dates: readonly HostFunction[] = [
  hostFunction(
    "goshawk_utc_to_local",
    ["BIGINT", "VARCHAR"],
    "BIGINT",
    (ticks, zone) => utcToLocal(BigInt(ticks ?? 0), String(zone)) ?? null,
  ),
  hostFunction(
    "goshawk_local_to_utc",
    ["BIGINT", "VARCHAR"],
    "BIGINT",
    (ticks, zone) => localToUtc(BigInt(ticks ?? 0), String(zone)) ?? null,
  ),
];
