import { describe, expect, it } from "vitest";
import { remoteTools } from "../src/index.ts";
import type { ReadRow } from "./support/readEstate.ts";
import { hasShared, readShared } from "./support/shared.ts";
import { useSmallEstate } from "./support/smallEstate.ts";

const small = useSmallEstate();
const from = "2026-10-11T12:00:00.0000000Z";
const to = "2026-10-16T12:00:00.0000000Z";

function certificates(): ReadRow[] {
  return small().rows.filter((row) => row.table === "DeviceFileCertificateInfo");
}

function within(row: ReadRow): boolean {
  return row.time >= from && row.time <= to;
}

/** `has`, as documented: whole terms, which are runs of letters and digits, in any case. */
function has(needle: string): (row: ReadRow) => boolean {
  const literal = needle.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const opens = /^[\p{L}\p{N}]/u.test(needle) ? "(?<![\\p{L}\\p{N}])" : "";
  const closes = /[\p{L}\p{N}]$/u.test(needle) ? "(?![\\p{L}\\p{N}])" : "";
  const pattern = new RegExp(`${opens}${literal}${closes}`, "iu");
  return (row) => pattern.test(String(row.cells.Signer ?? ""));
}

/** The founding rule by hand. */
function summarize(rows: readonly ReadRow[]) {
  const byDevice = new Map<string, ReadRow[]>();
  for (const row of rows) {
    const deviceId = String(row.cells.DeviceId);
    byDevice.set(deviceId, [...(byDevice.get(deviceId) ?? []), row]);
  }
  return [...byDevice]
    .map(([deviceId, own]) => {
      const times = own.map((row) => row.time).sort();
      return {
        deviceId,
        deviceName: String(own[0]?.cells.DeviceName),
        firstSeen: times[0],
        lastSeen: times.at(-1),
        count: own.length,
        reportIds: own.map((row) => Number(row.cells.ReportId)).sort((a, b) => a - b),
      };
    })
    .sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
}

describe("the founding rule's answer in the manifest", () => {
  it("is what the files say for the last five days", () => {
    const { founding, lookback } = small().manifest.truth;
    expect(lookback).toEqual({ from, to });
    expect(founding.withinLookback).toEqual(
      summarize(certificates().filter(has("Action1 Corporation")).filter(within)),
    );
  });

  it("is what the files say for all time, and that is more", () => {
    const { founding } = small().manifest.truth;
    expect(founding.allTime).toEqual(summarize(certificates().filter(has("Action1 Corporation"))));
    expect(founding.allTime.length).toBeGreaterThan(founding.withinLookback.length);
  });

  it("depends on a row at the edge of the look-back and on one 100 ns before it", () => {
    const times = certificates()
      .filter(has("Action1 Corporation"))
      .map((row) => row.time);
    expect(times).toContain("2026-10-11T12:00:00.0000000Z");
    expect(times).toContain("2026-10-11T11:59:59.9999999Z");
  });

  it("depends on rows that only a portal export has", () => {
    const rows = certificates().filter(has("Action1 Corporation")).filter(within);
    expect(rows.some((row) => row.portal)).toBe(true);
    expect(rows.some((row) => !row.portal)).toBe(true);
  });

  it("includes another letter case and leaves every look-alike out", () => {
    const signers = (rows: readonly ReadRow[]): unknown[] => [...new Set(rows.map((row) => row.cells.Signer))].sort();
    expect(signers(certificates().filter(has("Action1 Corporation")))).toEqual([
      "ACTION1 CORPORATION",
      "Action1 Corporation",
    ]);
    const lookAlikes = certificates().filter((row) => /action\s?1/i.test(String(row.cells.Signer)));
    expect(signers(lookAlikes.filter((row) => !has("Action1 Corporation")(row)))).toEqual([
      "Action 1 Corp",
      "Action1 Corporations Ltd",
      "Action1x Corporation",
      "MyAction1 Corporation",
    ]);
    const hit = new Set(small().manifest.truth.founding.allTime.map((row) => row.deviceId));
    for (const miss of small().manifest.truth.founding.mustNotMatch) expect(hit).not.toContain(miss.deviceId);
  });

  it("has devices of every class, and for every scenario an intruder who hides in it", () => {
    const action1 = small().manifest.truth.tools.find((tool) => tool.tool === "Action1")?.sightings ?? [];
    const classes = (name: string): number => action1.filter((sighting) => sighting.class === name).length;
    expect(classes("approved")).toBe(4);
    expect(classes("attacker")).toBe(9);
    expect(classes("signed-malicious")).toBe(3);
    const scenarios = ["devops-powershell", "mecm-driver", "remote-desktop", "solarwinds-sam", "windows-update"];
    const named = (key: "scenario" | "hidesIn"): string[] =>
      [...new Set(action1.flatMap((one) => one[key] ?? []))].sort();
    expect(named("scenario")).toEqual(scenarios);
    expect(named("hidesIn")).toEqual(scenarios);
    expect(new Set(action1.map((one) => one.deviceId)).size).toBe(action1.length);
  });
});

describe("the truth about every tool", () => {
  it("is what a search of all signers finds, device by device", () => {
    for (const tool of small().manifest.truth.tools) {
      const hits = certificates().filter((row) => tool.signers.some((signer) => has(signer)(row)));
      const found = summarize(hits).map(({ deviceId, firstSeen, lastSeen, count }) => ({
        deviceId,
        firstSeen,
        lastSeen,
        count,
      }));
      const told = new Map<string, { firstSeen: string; lastSeen: string; count: number }>();
      for (const { deviceId, allTime } of tool.sightings) {
        const sofar = told.get(deviceId) ?? { ...allTime, count: 0 };
        told.set(deviceId, {
          firstSeen: [sofar.firstSeen, allTime.firstSeen].sort()[0] ?? "",
          lastSeen: [sofar.lastSeen, allTime.lastSeen].sort()[1] ?? "",
          count: sofar.count + allTime.count,
        });
      }
      const expected = [...told]
        .map(([deviceId, seen]) => ({ deviceId, ...seen }))
        .sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
      expect([tool.tool, found]).toEqual([tool.tool, expected]);
      const recent = tool.sightings.reduce((sum, sighting) => sum + (sighting.withinLookback?.count ?? 0), 0);
      expect([tool.tool, hits.filter(within).length]).toEqual([tool.tool, recent]);
    }
  });

  it("covers every tool, and every signed one has sightings", () => {
    const { tools } = small().manifest.truth;
    expect(tools.map((tool) => tool.tool)).toEqual(remoteTools.map((tool) => tool.tool));
    for (const tool of tools) {
      expect([tool.tool, tool.sightings.length > 0]).toEqual([tool.tool, tool.signers.length > 0]);
      if (tool.signers.length === 0) expect(tool.notFoundBySigner.length).toBeGreaterThan(0);
    }
  });

  it.skipIf(!hasShared)("rests on the same facts as the public list of indicators", () => {
    interface Fact {
      readonly tool: string;
      readonly signers?: string[];
      readonly peCompany?: string[];
      readonly peProduct?: string[];
      readonly hosts?: string[];
    }
    const { tools } = readShared<{ readonly tools: readonly Fact[] }>("rules/rmm-indicators.json");
    const ours = remoteTools.map(({ tool, signers, companies, products, hosts }) => ({
      tool,
      signers,
      companies,
      products,
      hosts,
    }));
    expect(ours).toEqual(
      tools.map(({ tool, signers, peCompany, peProduct, hosts }) => ({
        tool,
        signers,
        companies: peCompany,
        products: peProduct,
        hosts,
      })),
    );
  });
});
