import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadExclusions, stateOf } from "../../src/index.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-exclusions-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(text: string, name = "some.yaml"): ReturnType<typeof loadExclusions> {
  const path = join(folder, name);
  await writeFile(path, text);
  return loadExclusions([path], undefined, "2026-11-24");
}

const whole = `exclusions:
  - id: windows-update
    scenario: Updates bring signed files
    rules: any
    table: DeviceFileCertificateInfo
    meaning: drop
    when: Signer == 'x' // why
    owner: soc@example.test
    reason: agreed
    created: 2026-11-01
`;

describe("a file of exclusions", () => {
  test("lasts 90 days unless it says otherwise, and is a draft until somebody says what it means", async () => {
    const { exclusions, problems } = await load(whole);
    expect(problems).toEqual([]);
    const [exclusion] = exclusions;
    if (exclusion === undefined) throw new Error("nothing was loaded");
    expect(exclusion.expires).toBe("2027-01-30");
    expect([stateOf(exclusion, "2027-01-29"), stateOf(exclusion, "2027-01-30")]).toEqual(["active", "expired"]);
    const [draft] = (await load(whole.replace("    meaning: drop\n", ""))).exclusions;
    expect(draft && stateOf(draft, "2026-11-02")).toBe("draft");
  });

  test.each([
    ["a key that is misspelt", whole.replace("owner:", "owne:"), 2, /owne.*means nothing here/],
    ["no owner", whole.replace(/ {4}owner.*\n/, ""), 2, /lacks 'owner'/],
    ["a meaning that is neither", whole.replace("drop", "hide"), 6, /'hide'.*drop or keep/],
    ["a day that is none", whole.replace("2026-11-01", "2026-02-30"), 10, /2026-02-30.*no date/],
    ["a condition cut short", whole.replace("Signer == 'x' // why", "Signer =="), 7, /no KQL condition/],
    [
      "a condition that closes its bracket",
      whole.replace("Signer == 'x' // why", '"true) | take 0 | where (true"'),
      7,
      /condition/,
    ],
    ["a second statement", whole.replace("Signer == 'x' // why", '"true); T | take 1; print (1"'), 7, /condition/],
    ["a table that is no name", whole.replace("DeviceFileCertificateInfo", '"T | take 0; X"'), 5, /table/],
    ["an end before its beginning", `${whole}    expires: 2026-11-01\n`, 11, /expires on 2026-11-01/],
    ["a beginning that is yet to come", whole.replace("2026-11-01", "2062-11-01"), 10, /2062-11-01.*yet to come/],
    [
      "a lookback that is no timespan",
      `${whole}    evidence: { table: T, on: [A], lookback: soon }\n`,
      11,
      /'soon' is no timespan/,
    ],
    ["YAML that is none", whole.replace("scenario: Updates", "scenario: 'Updates"), 3, /can't be read/],
  ])("with %s is refused as a whole, by line and next move", async (_, text, line, message) => {
    const { exclusions, problems } = await load(text);
    expect(exclusions).toEqual([]);
    expect(problems[0]?.line).toBe(line);
    expect(problems.map((problem) => `${problem.message} ${problem.next}`).join("\n")).toMatch(message);
  });

  test("an id that another file has already is refused", async () => {
    const [first, second] = [join(folder, "a.yaml"), join(folder, "b.yaml")];
    await writeFile(first, whole);
    await writeFile(second, whole);
    const { exclusions, problems } = await loadExclusions([first, second], undefined, "2026-11-24");
    expect(exclusions.map(({ path }) => path)).toEqual([first]);
    expect(problems.map(({ path }) => path)).toEqual([second]);
  });

  test("aliases that unfold without end, and a file too large, end in an error", async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\nexclusions: [*d,*d,*d,*d]\n`;
    expect((await load(bomb)).problems[0]?.message).toMatch(/expanded/);
    expect((await load(`${whole}#${"x".repeat(2 ** 20)}`)).problems[0]?.message).toMatch(/bytes/);
  });
});
