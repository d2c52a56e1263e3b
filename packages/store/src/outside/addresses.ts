import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { LocateAddress } from "@goshawk/engine/duckdb";
import { type CityResponse, Reader } from "mmdb-lib";

/** The database that tells where IP addresses are: a file in MaxMind's format with cities, such as GeoLite2-City. */
export interface AddressOptions {
  readonly file: string;
}

/** Reads the whole file into memory; throws where it is none of that format. A worker thread calls it by its module. */
export function openAddresses({ file }: AddressOptions): LocateAddress {
  const reader = new Reader<CityResponse>(readFileSync(file));
  return (address) => {
    if (isIP(address) === 0) return undefined;
    const found = reader.get(address);
    return found === null ? undefined : placeText(found);
  };
}

/** What Kusto gives of it; names that are not known are empty. */
function placeText({ country, subdivisions, city, location }: CityResponse): string {
  return JSON.stringify({
    country: country?.names.en ?? "",
    state: subdivisions?.[0]?.names.en ?? "",
    city: city?.names.en ?? "",
    latitude: location?.latitude ?? null,
    longitude: location?.longitude ?? null,
  });
}
