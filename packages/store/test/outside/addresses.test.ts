import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAddresses } from "../../src/outside/addresses.ts";
import { tinyDatabase } from "./mmdb.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-addresses-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function databaseOf(entry: Readonly<Record<string, unknown>>): Promise<ReturnType<typeof openAddresses>> {
  const file = join(folder, "cities.mmdb");
  await writeFile(file, tinyDatabase(entry));
  return openAddresses({ file });
}

test("an address has the place that Kusto's documentation shows for it, field by field", async () => {
  const locate = await databaseOf({
    country: { names: { en: "Australia" } },
    subdivisions: [{ names: { en: "New South Wales" } }],
    city: { names: { en: "Sydney" } },
    location: { latitude: -33.8715, longitude: 151.2006 },
  });
  expect(locate("20.53.203.50")).toBe(
    '{"country":"Australia","state":"New South Wales","city":"Sydney","latitude":-33.8715,"longitude":151.2006}',
  );
});

test("an address that the database lacks, and a text that is none, have no place", async () => {
  const locate = await databaseOf({ country: { names: { en: "Australia" } } });
  expect(locate("200.1.1.1")).toBeUndefined();
  expect(locate("20.53.203")).toBeUndefined();
  expect(locate("")).toBeUndefined();
  expect(locate("1.1.1.1; drop")).toBeUndefined();
});

test("a file that is no such database is said when it is opened", async () => {
  const file = join(folder, "text.mmdb");
  await writeFile(file, "no database");
  expect(() => openAddresses({ file })).toThrow();
});
