import { call } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

/** The engine lends it where it has a database of addresses; binding refuses the call where there is none. */
export const placeOfAddress = "goshawk_place_of_address";

export const geoInfoFromIpAddress: ScalarFunction = scalarFunction({
  name: "geo_info_from_ip_address",
  summary: "Country, state, city and coordinates of an IP address, null where they are not known.",
  signature: "geo_info_from_ip_address(address: string): dynamic",
  nulls: "possible",
  approximate: "the places are those of the database that --geo names; names that it lacks are empty",
  lower: { duckdb: (address) => call(placeOfAddress, address) },
});
