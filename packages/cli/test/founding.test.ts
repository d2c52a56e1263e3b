import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EstateManifest, generateEstate } from "@goshawk/estate";
import { sharedFolder } from "@goshawk/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goshawk } from "./program.ts";

const END = "2026-10-31T12:00:00Z";

/** The founding query, with its clock in Defender's column; the published file is used where it is at hand. */
const foundingQuery = `let Time_start = now(-5d);
let Time_end = now();
//
DeviceFileCertificateInfo
| where Timestamp between (Time_start..Time_end)
| where Signer has 'Action1 Corporation'
| summarize FirstSeen=min(Timestamp), LastSeen=max(Timestamp), Report=make_set(ReportId), Count=count() by DeviceId, DeviceName`;

let folder = "";
let store = "";
let manifest: EstateManifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-cli-"));
  store = join(folder, "store");
  manifest = await generateEstate({
    folder: join(folder, "estate"),
    rows: 20_000,
    devices: 50,
    days: 15,
    end: END,
    seed: 7,
  });
  const ran = await goshawk(["ingest", join(folder, "estate"), "--store", store]);
  expect(ran.err).toContain("rows from");
  expect(ran.code).toBe(0);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface FoundingAnswer {
  readonly DeviceId: string;
  readonly DeviceName: string;
  readonly FirstSeen: string;
  readonly LastSeen: string;
  readonly Report: readonly number[];
  readonly Count: number;
}

describe("the founding rule over the demo's estate", () => {
  test.each([["latest"], [END]])("answers what the generator planted, to the tick, with --now %s", async (now) => {
    const ran = await goshawk(["query", foundingQuery, "--store", store, "--now", now, "--format", "json"]);
    const rows = JSON.parse(ran.out) as readonly FoundingAnswer[];
    const found = rows.map((row) => ({ ...row, Report: [...row.Report].sort((a, b) => a - b) }));
    const planted = manifest.truth.founding.withinLookback.map((row) => ({
      DeviceId: row.deviceId,
      DeviceName: row.deviceName,
      FirstSeen: row.firstSeen,
      LastSeen: row.lastSeen,
      Report: [...row.reportIds],
      Count: row.count,
    }));
    const byId = (a: { readonly DeviceId: string }, b: { readonly DeviceId: string }): number =>
      a.DeviceId < b.DeviceId ? -1 : 1;
    expect(found.map(sortKeys).sort(byId)).toEqual(planted.map(sortKeys).sort(byId));
  });

  test("every row of the estate is stored, table by table", async () => {
    const ran = await goshawk([
      "query",
      "union withsource=T Device* | summarize n=count() by T",
      "--store",
      store,
      "--format",
      "json",
    ]);
    const rows = JSON.parse(ran.out) as readonly { readonly T: string; readonly n: number }[];
    expect(Object.fromEntries(rows.map((row) => [row.T, row.n]))).toEqual(manifest.rows);
  });

  test("a hunt with a rule whose table is empty says that it could not look, with exit code 4", async () => {
    const rule = join(folder, "empty.kql");
    await writeFile(rule, "EmailEvents | where Subject has 'invoice'");
    const ran = await goshawk(["hunt", rule, "--store", store]);
    expect(ran.err).toContain("could not look: EmailEvents holds no rows here");
    expect(ran.err).not.toContain("nothing found");
    expect(ran.code).toBe(4);
  });

  test("a broken rule is named with line and column, and the others run", async () => {
    const [good, bad] = [join(folder, "good.kql"), join(folder, "bad.kql")];
    await writeFile(good, "DeviceInfo | take 1");
    await writeFile(bad, "DeviceInfo\n| where DeviceNme == 'x'");
    const ran = await goshawk(["hunt", bad, good, "--store", store, "--format", "ndjson"]);
    expect(ran.err).toContain(`${bad}:2:9: error`);
    expect(ran.out.trim().split("\n")).toHaveLength(1);
    expect(ran.code).toBe(2);
  });

  test("--fail-on-findings turns findings into exit code 1", async () => {
    const rule = join(folder, "finds.kql");
    await writeFile(rule, "DeviceInfo | take 1");
    expect((await goshawk(["hunt", rule, "--store", store, "--fail-on-findings"])).code).toBe(1);
  });

  test("the file ingested twice is not doubled", async () => {
    const ran = await goshawk(["ingest", join(folder, "estate", "portal-export"), "--store", store]);
    expect(ran.err).toContain("stored already");
    expect(ran.err).toContain("0 rows from 0 files");
  });
});

const content = fileURLToPath(new URL("../../../content", import.meta.url));

describe("the shipped exclusions over the demo's estate", () => {
  test("hide the five benign scenarios, and none of the intruders who look like them", async () => {
    const args = ["--store", store, "--now", "latest", "--format", "ndjson", "--show-suppressed", "--no-record"];
    const rule = join(content, "remote-management", "action1-signer.yaml");
    const ran = await goshawk(["hunt", rule, ...args, "--exclusions", join(content, "exclusions")]);
    const rows = ran.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly Entity: string; readonly SuppressedBy: string });
    const names = (hidden: boolean): readonly string[] =>
      [...new Set(rows.filter((row) => (row.SuppressedBy !== "") === hidden).map((row) => row.Entity))].sort();
    const seen = manifest.truth.tools.find(({ tool }) => tool === "Action1")?.sightings ?? [];
    const planted = (benign: boolean): readonly string[] =>
      [
        ...new Set(
          seen
            .filter((item) => item.withinLookback !== null && (item.scenario !== null) === benign)
            .map((item) => item.deviceName),
        ),
      ].sort();
    expect(planted(true).length).toBeGreaterThan(5);
    expect(names(true)).toEqual(planted(true));
    expect(names(false)).toEqual(planted(false));
    expect(ran.code).toBe(0);
  });
});

const seed = sharedFolder("seed");
describe.skipIf(seed === undefined)("the seed page and the published rule (needs the shared reference data)", () => {
  test.each(["page.txt", "rmm_Action1_filesig.yaml"])(
    "%s hunts unmodified and finds the planted devices",
    async (name) => {
      const ran = await goshawk([
        "hunt",
        join(seed ?? "", name),
        "--store",
        store,
        "--now",
        "latest",
        "--format",
        "ndjson",
      ]);
      const devices = ran.out
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { readonly Entity: string }).Entity);
      expect(devices.sort()).toEqual(manifest.truth.founding.withinLookback.map((row) => row.deviceName).sort());
      expect(ran.err).toContain("repaired");
      expect(ran.code).toBe(0);
    },
  );

  test("the page and the published file are one rule, whose findings are still there in the second hunt", async () => {
    const ran = await goshawk(["findings", "--rule", "1525a733-192f-41f2-96ba-d3f631ca00d0", "--store", store]);
    const found = ran.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(found.map((finding) => finding.Entity).sort()).toEqual(
      manifest.truth.founding.withinLookback.map((row) => row.deviceName).sort(),
    );
    expect(new Set(found.map((finding) => `${finding.Presence} ${finding.Runs}`))).toEqual(new Set(["still 2"]));
  });

  test("the report of the last hunt has the page's hypothesis and every device found", async () => {
    await goshawk(["hunt", join(seed ?? "", "page.txt"), "--store", store, "--now", "latest"]);
    const { out } = await goshawk(["report", "--store", store]);
    expect(out).toContain("Adversaries may use remote management and monitoring tools to establish persistence");
    for (const { deviceName } of manifest.truth.founding.withinLookback) expect(out).toContain(deviceName);
  });

  test("--write mends a copy of the published file so that it reads without structural repairs", async () => {
    const copy = join(folder, "copy.yaml");
    await writeFile(copy, await readFile(join(seed ?? "", "rmm_Action1_filesig.yaml")));
    await goshawk(["hunt", copy, "--store", store, "--write"]);
    const again = await goshawk(["hunt", copy, "--store", store, "--now", "latest", "--format", "ndjson"]);
    expect(again.err).not.toContain("repaired");
    expect(again.out.trim().split("\n")).toHaveLength(manifest.truth.founding.withinLookback.length);
  });
});

function sortKeys(of: object): { readonly DeviceId: string } {
  return Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1))) as { readonly DeviceId: string };
}
