import { describe, expect, it } from "vitest";
import type { ScenarioId, Sighting } from "../src/index.ts";
import type { ReadRow } from "./support/readEstate.ts";
import { useSmallEstate } from "./support/smallEstate.ts";

const small = useSmallEstate();

/** The five expressions of the page that Goshawk began with, read as "this is benign", over a file event. */
const pageSays: Readonly<Record<ScenarioId, (event: FileEvent) => boolean>> = {
  "mecm-driver": ({ parent }) => parent === "msiexec.exe",
  "solarwinds-sam": ({ process }) => process === "solarwinds.sam.exe",
  "windows-update": ({ process, path }) => /WindowsUpdate/i.test(path) || process === "wusa.exe",
  "devops-powershell": ({ process, path }) => process === "powershell.exe" && /DevOpsScripts/i.test(path),
  "remote-desktop": ({ process, parent }) => parent === "mstsc.exe" || process === "rdpclip.exe",
};

interface FileEvent {
  readonly process: string;
  readonly parent: string;
  readonly path: string;
}

function fileEvents(sighting: Sighting): FileEvent[] {
  const own = (row: ReadRow): boolean =>
    row.table === "DeviceFileEvents" && row.cells.DeviceId === sighting.deviceId && row.cells.SHA1 === sighting.sha1;
  return small()
    .rows.filter(own)
    .map(({ cells }) => ({
      process: String(cells.InitiatingProcessFileName).toLowerCase(),
      parent: String(cells.InitiatingProcessParentFileName).toLowerCase(),
      path: String(cells.FolderPath),
    }));
}

function action1(): Sighting[] {
  return [...(small().manifest.truth.tools.find((tool) => tool.tool === "Action1")?.sightings ?? [])];
}

describe("the false-positive scenarios of the founding page", () => {
  it("each brings files signed by Action1 Corporation that the page's expression explains", () => {
    for (const sighting of action1().filter((one) => one.scenario !== null)) {
      const events = fileEvents(sighting);
      expect(events.length).toBeGreaterThan(0);
      expect([sighting.scenario, sighting.scenario !== null && events.some(pageSays[sighting.scenario])]).toEqual([
        sighting.scenario,
        true,
      ]);
    }
  });

  it("each expression, read carelessly, would also hide an intruder of the last five days", () => {
    for (const sighting of action1().filter((one) => one.hidesIn !== null)) {
      expect(sighting.class).toBe("attacker");
      expect(sighting.withinLookback).not.toBeNull();
      expect([
        sighting.hidesIn,
        sighting.hidesIn !== null && fileEvents(sighting).some(pageSays[sighting.hidesIn]),
      ]).toEqual([sighting.hidesIn, true]);
    }
  });

  it("none of the expressions touches the other intruders or the approved use", () => {
    const others = action1().filter((one) => one.scenario === null && one.hidesIn === null);
    expect(others.length).toBeGreaterThan(8);
    for (const sighting of others) {
      for (const [id, says] of Object.entries(pageSays)) {
        expect([sighting.folderPath, id, fileEvents(sighting).some(says)]).toEqual([sighting.folderPath, id, false]);
      }
    }
  });

  it("each also plays with ordinary files, on the devices that the manifest names", () => {
    for (const { id, deviceIds } of small().manifest.truth.scenarios) {
      const planted = new Set(
        action1()
          .filter((one) => one.scenario === id)
          .map((one) => one.deviceId),
      );
      expect([id, deviceIds.some((device) => !planted.has(device))]).toEqual([id, true]);
    }
    const drivers = small().rows.filter(
      (row) =>
        row.table === "DeviceFileCertificateInfo" &&
        row.cells.Signer === "Microsoft Windows Hardware Compatibility Publisher",
    );
    expect(drivers.length).toBeGreaterThan(0);
  });

  it("a scheduled task starts the installer of the driver", () => {
    const installs = small().rows.filter(
      (row) =>
        row.table === "DeviceProcessEvents" &&
        row.cells.FileName === "msiexec.exe" &&
        /ccmcache/.test(String(row.cells.ProcessCommandLine)),
    );
    expect(installs.length).toBeGreaterThan(0);
    for (const { cells } of installs) expect(cells.InitiatingProcessCommandLine).toMatch(/svchost\.exe .*-s Schedule$/);
  });

  it("the administrator's session is a remote one and says from where", () => {
    const sessions = small().rows.filter(
      (row) => row.table === "DeviceFileEvents" && row.cells.InitiatingProcessFileName === "rdpclip.exe",
    );
    expect(sessions.length).toBeGreaterThan(0);
    for (const { cells } of sessions) {
      expect(cells.IsInitiatingProcessRemoteSession).toBe(true);
      expect(cells.InitiatingProcessRemoteSessionIP).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    }
  });

  it("a renamed agent keeps its own name inside", () => {
    const renamed = action1().filter((one) => one.renamed && one.hidesIn === null);
    expect(renamed.length).toBeGreaterThan(1);
    for (const { sha1, fileName } of renamed) {
      const run = small().rows.find(
        (row) => row.table === "DeviceProcessEvents" && row.cells.SHA1 === sha1 && row.cells.FileName === fileName,
      );
      expect(fileName).not.toBe("action1_agent.exe");
      expect(run?.cells.ProcessVersionInfoOriginalFileName).toBe("action1_agent.exe");
    }
  });
});
