import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goshawk, type Ran } from "./program.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-outside-"));
  for (const name of ["lists", "functions", "files/feeds.example/x", "rules"])
    await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, "lists", "VIPUsers.csv"), "User,Team\nana,red\nbo,blue\n");
  await writeFile(join(folder, "functions", "Doubled.kql"), "let Doubled = (x: long) { print y = x * 2 };");
  await writeFile(join(folder, "files", "feeds.example", "x", "bad.csv"), "ip,score\n10.0.0.1,7\n10.0.0.2,3\n");
  await writeFile(
    join(folder, "rules", "vip.yaml"),
    "name: VIP\nquery: _GetWatchlist('VIPUsers') | where Team == 'red'\n",
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Answer {
  readonly rows?: readonly (readonly string[])[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** Asks all in one process. */
async function ask(queries: readonly string[], ...options: readonly string[]): Promise<readonly Answer[]> {
  const input = queries.map((query, id) => JSON.stringify({ id, query })).join("\n");
  const ran = await goshawk(["query", "--batch", "-", "--store", join(folder, "store"), ...options], { input });
  return ran.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer);
}

const feed = `externaldata(ip: string, score: long) ["https://feeds.example/x/bad.csv"] with (ignoreFirstRecord = true)`;

describe("what a query expects from outside of the store", () => {
  test("is there where the command line names it, and no web host is asked that was not allowed", async () => {
    const queries = [
      "_GetWatchlist('VIPUsers') | where Team == 'red' | project User",
      "Doubled(21)",
      `${feed} | where score > 5 | project ip`,
      feed.replace("bad.csv", "none.csv"),
    ];
    const [list, doubled, file, none] = await ask(
      queries,
      ...["--watchlists", join(folder, "lists")],
      ...["--functions", join(folder, "functions")],
      ...["--external", join(folder, "files")],
    );
    expect(list?.rows).toEqual([["ana"]]);
    expect(doubled?.rows).toEqual([["42"]]);
    expect(file?.rows).toEqual([["10.0.0.1"]]);
    expect(none?.error?.message).toContain("--allow-host feeds.example");
  });

  test("is refused by name where it is not, with the next move", async () => {
    const expected: readonly (readonly [string, string, string])[] = [
      ["_GetWatchlist('VIPUsers')", "the watchlist 'VIPUsers'", "--watchlists"],
      [feed, "https://feeds.example/x/bad.csv", "--external"],
      ["imDns(starttime = ago(1d))", "imDns()", "--functions"],
      ["print geo_info_from_ip_address('1.1.1.1')", "geo_info_from_ip_address()", "--geo"],
      ["arg('').Resources", 'arg("").Resources', "Ingest its rows"],
      ["DeviceFileEvents | invoke FileProfile(SHA1, 1000)", "FileProfile()", "FileProfile"],
    ];
    const answers = await ask(expected.map(([query]) => query));
    for (const [index, [, name, next]] of expected.entries()) {
      expect(answers[index]?.error?.code).toBe("could-not-look");
      expect(answers[index]?.error?.message).toContain(`Could not look at ${name}`);
      expect(answers[index]?.error?.message).toContain(next);
    }
  });

  test("makes a rule that lacks it one that could not look, not a broken one", async () => {
    const hunt = (...options: readonly string[]): Promise<Ran> =>
      goshawk(["hunt", join(folder, "rules"), "--store", join(folder, "store"), ...options]);
    expect((await hunt()).code).toBe(4);
    expect((await hunt("--watchlists", join(folder, "lists"))).code).toBe(0);
  });
});
